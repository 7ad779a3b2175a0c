# shellcheck shell=bash
# find_jdk25 prints the home of a JDK 25 or newer: JAVA_HOME, the usual places, or the java on the PATH.
# Source this file; it changes nothing by itself.

jdk_version() { # HOME -> the major version of the JDK there, nothing if there is none
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

find_jdk25() {
  local home version on_path=''
  if command -v java >/dev/null 2>&1; then
    on_path="$(readlink -f "$(command -v java)" 2>/dev/null)"
    on_path="${on_path%/bin/java}"
  fi
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/* "${HOME:-}"/.sdkman/candidates/java/* /opt/* "$on_path"; do
    [ -n "$home" ] || continue
    version="$(jdk_version "$home")"
    if [ -n "$version" ] && [ "$version" -ge 25 ]; then
      printf '%s\n' "$home"
      return 0
    fi
  done
  echo "JDK 25 is needed and none was found: install one (https://adoptium.net) or point JAVA_HOME to it." >&2
  return 1
}
