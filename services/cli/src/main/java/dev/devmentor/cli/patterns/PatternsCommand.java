package dev.devmentor.cli.patterns;

import picocli.CommandLine.Command;

/** Errors of builds and logs, known again. */
@Command(
        name = "patterns",
        description = "Watch a build or a log, and know its errors again.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {WatchCommand.class, ListCommand.class, ShowCommand.class, ForgetCommand.class})
public final class PatternsCommand {}
