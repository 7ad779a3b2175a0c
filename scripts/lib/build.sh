# Builds what is missing or older than its sources. Sourced by the scripts; needs bash, and JAVA_HOME.

# The note of when a module was built last. Maven leaves a jar alone when nothing in it has changed, so the jar's own time
# does not say that it was looked at.
module_stamp() {
  printf '%s/target/.built' "$1"
}

# Whether a file of a module is newer than its last build.
module_is_stale() {
  local module=$1 built=$2 since
  since=$(module_stamp "$module")
  [ -e "$built" ] || return 0
  [ -e "$since" ] && [ "$since" -nt "$built" ] || since=$built
  [ -n "$(find "$module" \( -path "$module/target" -o -name node_modules \) -prune -o -newer "$since" -type f -print -quit 2>/dev/null)" ] ||
    [ "${module%/services/*}/pom.xml" -nt "$since" ]
}

# Whether something of a platform runs in a data directory, as far as the records of its processes tell.
platform_runs() {
  local record pid
  for record in "$1"/run/*.process; do
    [ -r "$record" ] || continue
    pid=$(sed -n 's/^pid=\([0-9]*\)$/\1/p' "$record")
    if [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null; then return 0; fi
  done
  return 1
}

# Builds the modules given as module=file-that-shows-it-was-built (paths from the repository's root), and those that they
# need, with a line for each. Modules are looked at in the order given; when one is stale, those that come later are
# built too.
build_if_stale() {
  local root=$1 pair module built
  shift
  local stale=()
  for pair in "$@"; do
    module=${pair%%=*}
    built=${pair#*=}
    if [ ${#stale[@]} -gt 0 ] || module_is_stale "$root/$module" "$root/$built"; then
      stale+=("$module")
    fi
  done
  [ ${#stale[@]} -eq 0 ] && return 0
  local list log=$root/services/cli/target/build.log began=$SECONDS status started
  list=$(IFS=,; echo "${stale[*]}")
  mkdir -p "${log%/*}"
  started=$(mktemp) # its time is the time of the stamps: what changes during the build is newer
  echo "building what is missing or older than its sources (the first time takes a few minutes):" >&2
  (
    cd "$root" || exit 1
    set -o pipefail
    ./mvnw -B -ntp -Dquick -DskipTests -pl "$list" -am package </dev/null 2>&1 | tee "$log" |
      sed -n -u 's/^\[INFO\] Building DevMentor :: \(.*\) [0-9][^ ]* *\(\[[0-9/]*\]\).*/  \2 \1/p' >&2
  )
  status=$?
  if [ $status -ne 0 ]; then
    rm -f "$started"
    grep -m 5 -E '^\[ERROR\]' "$log" >&2
    echo "devmentor: the build failed; all it said is in ${log#"$root"/}" >&2
    exit 1
  fi
  for module in "${stale[@]}"; do
    mkdir -p "$root/$module/target" && touch -r "$started" "$(module_stamp "$root/$module")"
  done
  rm -f "$started"
  echo "built in $((SECONDS - began)) s" >&2
}
