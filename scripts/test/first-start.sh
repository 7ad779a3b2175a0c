#!/usr/bin/env bash
# The README as a new user follows it, in a copy of the repository without anything built: no JDK 25; the first start with
# the build and an empty data directory; everything that the first five minutes say to try; a port in use, without data and
# with data; a second start with data; the end. The cache of unpacked parts is empty, as on a new machine; of the user's own
# only Maven's repository is used, which would take minutes to download. Says what failed, and ends non-zero then.
set -uo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
copy=$work/devmentor
failures=0

unset DEVMENTOR_HOME DEVMENTOR_PARTS DEVMENTOR_BUILD DEVMENTOR_TRAIN
export DEVMENTOR_CACHE=$work/cache

cleanup() {
  [ -n "${holder:-}" ] && kill "$holder" 2>/dev/null
  [ -x "$copy/scripts/devmentor" ] && DEVMENTOR_BUILD=off "$copy/scripts/devmentor" down >/dev/null 2>&1
  rm -rf "$work"
}
trap cleanup EXIT

claim() { # claim WHAT COMMAND...: one claim that holds if the command succeeds
  local what=$1
  shift
  if "$@"; then
    echo "  ok      $what"
  else
    echo "  FAILED  $what"
    failures=$((failures + 1))
  fi
}

says() { # says FILE TEXT
  grep -qF -- "$2" "$1" || { echo "          \"$2\" is not in:"; sed 's/^/          | /' "$1" | tail -n 25; return 1; }
}

one_line() {
  [ "$(wc -l <"$1")" -eq 1 ] || { sed 's/^/          | /' "$1"; return 1; }
}

is() { [ "$1" = "$2" ] || { echo "          is \"$1\", not \"$2\""; return 1; }; }

until_true() { # waits for a condition, 30 s at most
  local tries=0
  until "$@"; do
    tries=$((tries + 1))
    [ "$tries" -lt 60 ] || return 1
    sleep 0.5
  done
}

# What a clone would have: everything but what is ignored.
mkdir -p "$copy"
(cd "$root" && git ls-files -co --exclude-standard -z | tar --null --ignore-failed-read -cf - -T - 2>/dev/null) | tar -xf - -C "$copy"
cd "$copy" || exit 1

echo "no JDK 25 on the machine"
mkdir "$work/bin" "$work/nobody"
for tool in bash dirname readlink sed env; do ln -s "$(command -v $tool)" "$work/bin/$tool"; done
env -i PATH="$work/bin" HOME="$work/nobody" DEVMENTOR_JDK_PLACES="$work/nobody" bash scripts/devmentor up >"$work/out" 2>"$work/err"
claim "it ends with 1" is $? 1
claim "in one line" one_line "$work/err"
claim "that says what to install" says "$work/err" "no JDK 25 was found: install one"
env -i PATH="$work/bin" HOME="$work/nobody" DEVMENTOR_JDK_PLACES="$work/nobody" bash scripts/check >"$work/out" 2>"$work/err"
claim "the tests say so too" says "$work/err" "no JDK 25 was found: install one"
mkdir -p "$work/jdks/old/bin"
echo 'JAVA_VERSION="21.0.9"' >"$work/jdks/old/release"
printf '#!/bin/sh\nexit 0\n' | tee "$work/jdks/old/bin/java" >"$work/jdks/old/bin/javac"
chmod +x "$work/jdks/old/bin/java" "$work/jdks/old/bin/javac"
env -i PATH="$work/bin" HOME="$work/nobody" JAVA_HOME="$work/jdks/old" DEVMENTOR_JDK_PLACES="$work/jdks" \
  bash scripts/devmentor up >"$work/out" 2>"$work/err"
claim "an older JDK is none, also when JAVA_HOME names it" says "$work/err" "no JDK 25 was found: install one"
claim "nothing was begun" test ! -e .devmentor

# Below the ports that the system gives to clients, one of which could take a port between the check and the start.
offset=$(node -e '
  const net = require("net"), ports = [9092, 5433, 6380, 3002, 3005, 3008, 8080];
  const free = port => new Promise(yes => { const s = net.createServer();
    s.once("error", () => yes(false)); s.listen(port, "127.0.0.1", () => s.close(() => yes(true))); });
  (async () => { for (;;) { const offset = 10000 + Math.floor(Math.random() * 13000);
    if ((await Promise.all(ports.map(p => free(p + offset)))).every(Boolean)) { console.log(offset); return; } } })();')

echo "the first start, with an empty data directory"
scripts/devmentor up --detach --port-offset "$offset" >"$work/out" 2>"$work/err"
started=$?
claim "it ends with 0" is $started 0
if [ $started -ne 0 ]; then
  sed 's/^/          | /' "$work/err"
  echo "  everything else needs it"
  exit 1
fi
claim "the parts were unpacked into a cache that was empty" test -n "$(ls "$work/cache"/postgres-*/bin/postgres 2>/dev/null)"
claim "it builds what is missing" says "$work/err" "building what is missing"
claim "it imports a real history through Kafka" says "$work/err" "12 580 reviews of demo went through Kafka"
claim "it says by how much the history was moved" says "$work/err" "all times of the demo history are moved by"
gateway=http://127.0.0.1:$((8080 + offset))
for line in "http://127.0.0.1:$((3002 + offset))" "http://127.0.0.1:$((3005 + offset))" "demo should review now" \
  "  gateway  $gateway" "$gateway/portal" "demo@devmentor.local, password in .devmentor/secrets/demo.password" \
  "$gateway/auth/mailbox" "scripts/devmentor patterns watch -- mvn test" "  data  " "  logs  " "scripts/devmentor down"; do
  claim "it ends with the line of \"$line\"" says "$work/out" "$line"
done

echo "the first five minutes of the README"
awk '/^## The first five minutes/ {on = 1} /^## The tree/ {on = 0}
     on && /^```sh/ {block = 1; next} /^```/ {block = 0} block' README.md |
  sed -e "s/127\.0\.0\.1:9092/127.0.0.1:$((9092 + offset))/" -e "s/127\.0\.0\.1:8080/127.0.0.1:$((8080 + offset))/" \
    -e 's/^scripts\/devmentor down.*//' >"$work/five-minutes.sh"
claim "they are found" test "$(grep -c . "$work/five-minutes.sh")" -ge 12
# The card of the broken record is known to the README's shell alone.
echo "printf '%s' \"\$item\" >'$work/broken-item'" >>"$work/five-minutes.sh"
bash -e "$work/five-minutes.sh" >"$work/out" 2>"$work/err" || { sed 's/^/          | /' "$work/err"; false; }
claim "every command ends with 0" is $? 0
for text in "card-" "comes up again" '"history"' "HTTP/1.1 401" "application/problem+json" "contradicting-grade" \
  "learning-service" "0 differ" "logged in as demo@devmentor.local" "your login" "logged out demo@devmentor.local"; do
  claim "they show \"$text\"" says "$work/out" "$text"
done
scripts/devmentor answer card-1 --grade 5 >"$work/out" 2>&1
claim "a wrong call ends with 2" is $? 2
claim "and says what the README says that it says" is "$(cat "$work/out")" \
  "$(awk '/^```console/ {on = 1; next} /^```/ {on = 0} on && !/^\$/' README.md)"

echo "the front door, as any client finds it"
json() { node -pe 'const path = process.argv[1].split("."); path.reduce((o, k) => o == null ? "" : o[k], JSON.parse(require("fs").readFileSync(0)))' "$1"; }
status_of() { curl -sS -o "$work/out" -D "$work/head" -w '%{http_code}' "$@"; }
claim "without a token it is 401" is "$(status_of "$gateway/api/learning/reviews/due")" 401
claim "as a problem" says "$work/head" "application/problem+json"
claim "a made-up token is 401" is "$(status_of -H "Authorization: Bearer e30.e30.c2ln" "$gateway/api/learning/reviews/due")" 401
claim "a path of nobody is 404 or 401" grep -qE '^(404|401)$' <<<"$(status_of "$gateway/api/nothing")"
node -e 'console.log(JSON.stringify({email: "demo@devmentor.local", password: require("fs").readFileSync(process.argv[1], "utf8").trim()}))' \
  .devmentor/secrets/demo.password >"$work/credentials"
claim "a wrong password is 401" is "$(status_of -H 'Content-Type: application/json' \
  -d '{"email":"demo@devmentor.local","password":"not this one"}' "$gateway/api/auth/login")" 401
claim "mail address and password let in" is "$(status_of -H 'Content-Type: application/json' \
  --data-binary @"$work/credentials" "$gateway/api/auth/login")" 200
person=$(json access_token <"$work/out")
claim "it is demo" is "$(curl -sS -H "Authorization: Bearer $person" "$gateway/api/auth/me" | json id)" demo
claim "whose cards are there" is "$(status_of -H "Authorization: Bearer $person" "$gateway/api/learning/reviews/due?limit=1")" 200

echo "the device flow, step by step"
curl -sS -d client_id=devmentor-cli "$gateway/api/auth/device_authorization" >"$work/device"
device_code=$(json device_code <"$work/device")
poll() { curl -sS -d grant_type=urn:ietf:params:oauth:grant-type:device_code -d client_id=devmentor-cli \
  -d "device_code=$device_code" "$gateway/api/auth/token"; }
claim "nobody has agreed yet" is "$(poll | json error)" authorization_pending
approve() { curl -sS -o /dev/null -w '%{http_code}' -H "Authorization: Bearer $person" -H 'Content-Type: application/json' \
  -d "{\"userCode\":\"$1\",\"approve\":true}" "$gateway/api/auth/device"; }
claim "the person agrees" grep -qE '^20[04]$' <<<"$(approve "$(json user_code <"$work/device")")"
granted() { poll >"$work/granted"; [ -n "$(json access_token <"$work/granted")" ] && [ "$(json access_token <"$work/granted")" != undefined ]; }
claim "then there is a token" until_true granted
claim "once only" is "$(poll | json error)" invalid_grant

echo "devmentor login"
scripts/devmentor login >"$work/out" 2>"$work/err" &
login=$!
until_true says "$work/err" "code" >/dev/null
code=$(sed -n 's/^code  *\([A-Z0-9-]*\).*/\1/p' "$work/err")
claim "it shows a code and where to confirm it" says "$work/err" "$gateway/auth/device?code=$code"
claim "the person confirms it" grep -qE '^20[04]$' <<<"$(approve "$code")"
wait "$login"
claim "it ends with 0" is $? 0
claim "it says who that is" says "$work/out" "logged in as demo@devmentor.local"
claim "commands act as that person" is "$(scripts/devmentor whoami --json | json id)" demo
login_file=.devmentor/secrets/login.json
claim "only its owner can read the login" is "$(stat -c %a "$login_file")" 600

echo "doctor, where all is well"
scripts/devmentor doctor >"$work/out" 2>&1
claim "it ends with 0" is $? 0
for text in "JDK" "in use by this platform" "all services are built"; do
  claim "it says \"$text\"" says "$work/out" "$text"
done

echo "replay-dlq puts a mended record through"
broken=$(cat "$work/broken-item")
answers() { # answers: how many answers the log has for the card of the broken record
  curl -sS -H "Authorization: Bearer $(scripts/devmentor token)" "http://127.0.0.1:$((3005 + offset))/api/learning/cards/$broken?history=500" |
    node -pe 'JSON.parse(require("fs").readFileSync(0)).history.length'
}
before=$(answers)
claim "the card of the broken record has answers ($broken: $before)" test "$before" -ge 1
VISUAL='' EDITOR=false scripts/devmentor replay-dlq --edit >"$work/out" 2>&1
claim "an editor that ends with an error leaves the record" says "$work/out" "replayed 0, left 2"
# The grade 4 was right; that the answer was wrong was not.
VISUAL='' EDITOR="sed -i 's/\"correct\":false/\"correct\":true/'" \
  scripts/devmentor replay-dlq --reason contradicting-grade --edit >"$work/out" 2>&1
claim "the mended one is replayed" says "$work/out" "replayed 2"
one_more() { [ "$(answers)" = $((before + 1)) ]; }
claim "its card has one answer more" until_true one_more
scripts/devmentor replay-dlq >"$work/out" 2>&1
claim "it is replayed once" says "$work/out" "replayed 0"
claim "the card still has one answer more" one_more

echo "an outside producer changes what is due"
item=$(scripts/devmentor due --limit 1 --json | node -pe 'JSON.parse(require("fs").readFileSync(0)).items[0].item')
(cd events-schema/examples/node-producer &&
  node produce.mjs --brokers "127.0.0.1:$((9092 + offset))" --learner demo --item "$item" --correct true --grade 4) >"$work/out" 2>&1
claim "the producer of the guide ends with 0" is $? 0
not_due() { ! scripts/devmentor due --limit 200 --json | grep -qF "\"item\":\"$item\""; }
claim "$item has left the list" until_true not_due
scripts/devmentor status --json >"$work/before" 2>&1

echo "a port in use"
DEVMENTOR_HOME=$work/other DEVMENTOR_BUILD=off scripts/devmentor up --port-offset "$offset" >"$work/out" 2>"$work/err"
claim "it ends with 1" is $? 1
claim "in one line" one_line "$work/err"
claim "it names who holds the port" says "$work/err" "(kafka) is held by java "
claim "it has started nothing" says "$work/err" "Nothing was started"
claim "it proposes other ports" says "$work/err" "up --port-offset"

echo "down, and a second start with data"
scripts/devmentor down >"$work/out" 2>&1
claim "down ends with 0" is $? 0
claim "down says that the data is kept" says "$work/out" "the data is kept"
node -e 'require("net").createServer().listen(+process.argv[1], "127.0.0.1", () => console.log("held"))' \
  $((3005 + offset)) >"$work/held" &
holder=$!
until_true says "$work/held" held >/dev/null
scripts/devmentor up --detach --port-offset "$offset" >"$work/out" 2>"$work/err"
claim "with a stranger on a port it ends with 1" is $? 1
claim "it names the stranger" says "$work/err" "(learning-service) is held by node "
claim "it has started nothing beside the data" says "$work/err" "Nothing was started"
kill "$holder" && wait "$holder" 2>/dev/null
scripts/devmentor status >"$work/out" 2>&1
claim "nothing runs" says "$work/out" "nothing is running"
began=$(date +%s%N)
scripts/devmentor up --detach --port-offset "$offset" >"$work/out" 2>"$work/err"
claim "the second start ends with 0" is $? 0
echo "  it took $((($(date +%s%N) - began) / 1000000)) ms"
claim "it imports nothing again" bash -c "! grep -q 'went through Kafka' '$work/err'"
claim "it builds nothing again" bash -c "! grep -q 'building' '$work/err'"
claim "what was answered is still answered" not_due
scripts/devmentor verify >"$work/out" 2>&1
claim "every card follows from the log" says "$work/out" "entries: 0 differ"
claim "every pattern follows from the log" says "$work/out" "observations: 0 differ"
scripts/devmentor whoami >"$work/out" 2>&1
claim "the login of before is still good" says "$work/out" "your login"
node -e 'const fs = require("fs"), f = process.argv[1], l = JSON.parse(fs.readFileSync(f)); l.accessUntil = "1970-01-01T00:00:00Z"; fs.writeFileSync(f, JSON.stringify(l))' "$login_file"
scripts/devmentor due --limit 1 >"$work/one" 2>&1 & one=$!
scripts/devmentor due --limit 1 >"$work/two" 2>&1 & two=$!
wait "$one"; claim "of two commands at once, with an access token that has expired, one ends with 0" is $? 0
wait "$two"; claim "and so does the other" is $? 0
scripts/devmentor logout >"$work/out" 2>&1
claim "logout ends it" says "$work/out" "logged out demo@devmentor.local"
scripts/devmentor down >/dev/null 2>&1
scripts/devmentor down >"$work/out" 2>&1
claim "down twice says that nothing runs" says "$work/out" "nothing is running"

[ "$failures" -eq 0 ]
