# Finds a JDK 25. Sourced by the scripts; needs bash.

# The feature version of a java program by its release file, which is quicker than asking it; empty when unknown.
jdk_feature() {
  local home=$1 version=
  if [ -r "$home/release" ]; then
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release")
  elif [ -x "$home/bin/java" ]; then
    version=$("$home/bin/java" -version 2>&1 | sed -n '1s/.*"\([0-9]*\).*/\1/p')
  fi
  printf '%s' "$version"
}

# Prints the home of a JDK 25 or later with a compiler: JAVA_HOME, the PATH, then the usual places. Fails without one.
find_jdk25() {
  local home feature java
  local homes=()
  [ -n "${JAVA_HOME:-}" ] && homes+=("$JAVA_HOME")
  if java=$(command -v java 2>/dev/null); then
    java=$(readlink -f "$java" 2>/dev/null || printf '%s' "$java")
    homes+=("${java%/bin/java}")
  fi
  local places=(/usr/lib/jvm/* /usr/java/* /opt/* /opt/java/* "${HOME:-/nonexistent}"/.sdkman/candidates/java/*
    "${HOME:-/nonexistent}"/.jdks/* "${HOME:-/nonexistent}"/.local/share/mise/installs/java/*
    /Library/Java/JavaVirtualMachines/*/Contents/Home
    "${HOME:-/nonexistent}"/Library/Java/JavaVirtualMachines/*/Contents/Home
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home)
  # A machine that keeps its JDKs elsewhere names the folder; the usual places are not looked at then.
  [ -n "${DEVMENTOR_JDK_PLACES:-}" ] && places=("$DEVMENTOR_JDK_PLACES"/*)
  for home in "${places[@]}"; do
    [ -d "$home" ] && homes+=("$home")
  done
  for home in "${homes[@]}"; do
    [ -x "$home/bin/java" ] && [ -x "$home/bin/javac" ] || continue
    feature=$(jdk_feature "$home")
    if [ "${feature:-0}" -ge 25 ] 2>/dev/null; then
      printf '%s' "$home"
      return 0
    fi
  done
  return 1
}

# Sets JAVA_HOME to a JDK 25, or ends with one line that says what to install.
require_jdk25() {
  local home
  if ! home=$(find_jdk25); then
    echo "devmentor: no JDK 25 was found: install one (such as Temurin 25, https://adoptium.net) or set JAVA_HOME to it" >&2
    exit 1
  fi
  export JAVA_HOME=$home
}
