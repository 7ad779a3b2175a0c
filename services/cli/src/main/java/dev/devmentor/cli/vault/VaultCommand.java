package dev.devmentor.cli.vault;

import picocli.CommandLine.Command;

/** Secrets that the server cannot read. */
@Command(
        name = "vault",
        description = {
            "Keep secrets that the server stores and cannot read; the same vault as at /auth/vault.",
            "Needs a login (scripts/devmentor login). NAME is the title of an entry or its id."
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            SetUpCommand.class,
            ListCommand.class,
            GetCommand.class,
            PutCommand.class,
            EditCommand.class,
            RemoveCommand.class,
            ShareCommand.class,
            UnshareCommand.class,
            SharedCommand.class,
            AcceptCommand.class,
            DropCommand.class,
            FingerprintCommand.class,
            RecoverCommand.class,
            RecoveryCodeCommand.class
        },
        footer = {
            "",
            "Without the passphrase and the recovery code everything in the vault is lost: nobody can open it.",
            "docs/zero-knowledge.md says what a vault protects from, and gives every byte of it."
        })
public final class VaultCommand {}
