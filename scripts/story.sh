#!/usr/bin/env bash
# The whole story of a model by the command line alone: described, asked about, trained, compared, stopped by the gate, signed by two people, released, watched,
# trained anew because of drift, released again, taken back by itself where a version is broken, and reported. Each step holds to an exit code and to a fact of
# what is printed; the first that does not ends it.
#
#   scripts/story.sh                            needs Node and git; small programs of scripts/story train, register and serve
#   MLOPS_STORY_PYTHON=PYTHON scripts/story.sh  needs a Python with MLflow as well, which trains, registers and serves
#   MLOPS_CLI=FILE                              the command line to play with, in place of dist/cli.js
set -euo pipefail

scripts="$(cd "$(dirname "$0")" && pwd)"
parts="$scripts/story"
cli="${MLOPS_CLI:-$scripts/../dist/cli.js}"
python="${MLOPS_STORY_PYTHON:-}"
place="$(cd "$(mktemp -d)" && pwd -P)"
today="$(date +%F)"
steps=0
mkdir -p "$place/home" "$place/churn"
cd "$place/churn"

clean_up() {
  node "$parts/endServers.mjs" "$place/churn"
  rm -rf "$place"
}
trap clean_up EXIT

# Nothing of whoever runs this: no settings of git, no login, no address of a tracker; and nothing is remembered outside.
for name in $(env | sed -n 's/^\(MLFLOW_[A-Z_]*\|GIT_[A-Z_]*\|MLOPS_WEBHOOK_URL\)=.*/\1/p'); do unset "$name"; done
export HOME="$place/home" XDG_CACHE_HOME="$place/home/cache" GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 NO_COLOR=1 CI=
export MLFLOW_DISABLE_TELEMETRY=true

mlops() { node "$cli" "$@"; }

# expect WORDS CODE FACT COMMAND…: the command ends with the code, and prints the fact, a regular expression.
expect() {
  local words="$1" code="$2" fact="$3" ended=0
  shift 3
  "$@" >"$place/out" 2>"$place/err" || ended=$?
  if [ "$ended" -ne "$code" ] || ! grep -qE -- "$fact" "$place/out" "$place/err"; then
    printf 'FAILED  %s\n  %s\nended with %s, expected %s and "%s"; it printed:\n' "$words" "$*" "$ended" "$code" "$fact" >&2
    cat "$place/out" "$place/err" >&2
    exit 1
  fi
  steps=$((steps + 1))
  printf 'ok      %s\n' "$words"
}

# Of JSON on standard input: an expression of JavaScript over `it`.
pick() { node -e 'const it = JSON.parse(require("fs").readFileSync(0, "utf8")); console.log(eval(process.argv[1]))' "$1"; }
newest_run() { mlops runs --store "$store" --json | pick 'it.runs[0].run_id'; }
count_runs() { mlops runs --store "$store" --json | pick it.runs.length; }
lights() { mlops status --json | pick 'Object.values(it.products[0].challenges).map(({ light }) => light).join(" ")'; }
# Whoever works from now on, as git calls them.
as() { git config user.name "$1" && git config user.email "$2"; }
commit() { git add -A && git commit -q -m "$1"; }
# A value in the place of another in mlops.yaml, as a person would write it in an editor.
edit() { sed -i.bak "$1" mlops.yaml && rm mlops.yaml.bak; }

hash_of() { node -p 'require("crypto").createHash("sha256").update(require("fs").readFileSync(process.argv[1])).digest("hex")' "$1"; }

# Ana writes down the version and the hash of its files, and asks for the decisions that this needs.
describe_version() {
  local digest
  digest="$({ mlops gate . --target production --version "$1" --no-write --json || true; } | pick it.digest)"
  edit "s/^model: .*/model: {registry: mlflow, name: churn, version: \"$1\", digest: \"$digest\", license: proprietary}/"
  commit "Describe version $1"
}

# sign SUBJECT NAME EMAIL STATEMENT: a person fills in the draft that was asked for, and commits that file alone.
sign() {
  local file
  file="$(pick "it.drafts.find((one) => one.subject === '$1').file" <"$place/drafts")"
  sed -i.bak -e "s/^  name:\$/  name: $2/" -e "s/^  email:\$/  email: $3/" -e 's/^decision:.*/decision: approve/' -e "s/^statement:.*/statement: $4/" "$file"
  rm "$file.bak"
  git add "$file"
  git -c user.name="$2" -c user.email="$3" commit -q -m "Decide on the $1" -- "$file"
}

two_people_sign() {
  mlops request-sign-off . --json >"$place/drafts"
  sign dpia "Paul Weiss" paul@example.org "The assessment covers this data and what we do with it."
  sign launch "Mia Berg" mia@example.org "I read the report on both plans, and the target holds in each."
}

# --- Design ---------------------------------------------------------------------------------------------------------------------------------------------

git init -q -b main
as "Ana Ruiz" ana@example.org
mkdir -p data docs reports .mlops
port="$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')"
address="http://127.0.0.1:$port"
node "$parts/makeData.mjs" data/train.csv 1000 1
node "$parts/makeData.mjs" data/test.csv 500 2
for name in on-call rollback dpia balancing erasure privacy-notice; do printf '# %s\n\nAs we agreed.\n' "$name" >"docs/$name.md"; done
printf 'version: 1\nprices: {currency: EUR, instances: {small: 0.05}}\n' >.mlops/policy.yaml
printf 'mlruns/\nmlflow.db*\nmlartifacts/\nlogs/\n.served\n' >.gitignore
if [ -z "$python" ]; then
  cp "$parts/train.mjs" "$parts/release.mjs" "$parts/serve.mjs" .
  echo '# Node alone.' >requirements.lock
  code=train.mjs
  program="node, train.mjs"
  store=mlruns
  register=""
  targets="production: {type: command, command: [node, release.mjs, \"$port\"], address: \"$address\", health: health, score: invocations}"
else
  cp "$parts/train.py" .
  "$python" -m pip freeze 2>/dev/null >requirements.lock || "$python" -c 'import mlflow; print("mlflow==" + mlflow.__version__)' >requirements.lock
  code=train.py
  program="\"$python\", train.py"
  store=sqlite:///mlflow.db
  register=", register: finished, python: \"$python\""
  targets="staging: {type: mlflow_alias, alias: challenger, python: \"$python\"}, production: {type: mlflow_serve, address: \"$address\", python: \"$python\"}"
fi
training="{engine: local, command: [$program, --features, \"{features}\", --epochs, \"{epochs}\", --explain, \"{explain}\"], params: {features: minutes, epochs: 200, explain: none}, code: [$code], environment: requirements.lock, trigger: {on_drift: fail}, resources: {timeout: 10m, cpus: 1, instance: small}$register}"

cat >mlops.yaml <<YAML
version: 1
name: churn-model
purpose: Predict which customers may leave, so that support can call them first.
onwer: ana@example.org
pipeline: $code
personal_data: unsure
roles: {compliance: ines@example.org, dpo: paul@example.org}
tracking: {uri: "$store", experiment: churn}
model: {registry: mlflow, name: churn}
data: [{path: data/train.csv, use: train}, {path: data/test.csv, use: test}]
kpis: [{name: f1}]
train: $training
YAML
commit "Begin"
expect "Lint finds a model that nobody answers for" 1 "owner-missing" mlops lint
expect "Lint finds that nobody has decided how risky it is" 1 "risk-class-undecided" mlops lint
expect "What needs no decision is mended by itself" 0 "Mended [0-9]+ findings in 1 file" mlops lint --fix
expect "The owner is found, and the questions for people are left" 1 "prohibited-use" mlops lint --max-warnings 0
commit "Mend what needs no decision"
answered="$(cat "$parts/answered.yaml.in")"
answered="${answered//@CODE@/$code}"
answered="${answered//@TRAINING@/$training}"
answered="${answered//@STORE@/$store}"
answered="${answered//@TARGETS@/$targets}"
printf '%s\n' "${answered//@TODAY@/$today}" >mlops.yaml
mlops lint --fix --quiet >"$place/out" || true
commit "Answer what only people can answer"
expect "With the answers of people, nothing but a trained version is missing" 0 "^1 hint" mlops lint --max-warnings 0
expect "Data protection is asked while the model is designed" 0 "paul@example.org" mlops request-sign-off . --subject early --json
cp "$place/out" "$place/drafts"
expect "Nobody is asked twice" 0 "asked for already" mlops request-sign-off . --subject early
sign early "Paul Weiss" paul@example.org "Two columns and a year of keeping are as little as it needs."
expect "The early word of data protection holds" 0 "All is as it was written: 1 product, 1 sign-off" mlops verify

# --- Build ----------------------------------------------------------------------------------------------------------------------------------------------

expect "A plan is shown, and nothing starts" 0 "features" mlops retrain . --plan-only
[ ! -e .mlops/jobs ]
expect "The first training misses its target in each plan" 1 "f1 of gold: .*misses its target" mlops retrain . --yes
first="$(newest_run)"
commit "Evaluate version 1"
edit 's/^stage: .*/stage: staging/'
describe_version 1
expect "The gate stops it, because the target is missed" 1 "Blocked|kpi:f1:plan=gold" mlops gate . --target production
expect "The gate stops it, because nobody approved it" 1 "sign-off:launch" mlops gate . --target production
expect "What the gate stops is not released" 1 "Nothing was changed: the plan is blocked" mlops deploy . --target production --yes
expect "The same model is not made twice" 1 "make the same model again" mlops retrain . --yes
expect "Another column is no better" 1 "f1 of gold: .*misses its target" mlops retrain . --yes --param features=complaints
second="$(newest_run)"
edit 's/{features: minutes, /{features: "minutes,complaints", /'
commit "Learn from both columns"
expect "Both columns together reach it" 0 "f1 of gold: .*meets its target" mlops retrain . --yes
third="$(newest_run)"
commit "Evaluate version 3"
expect "Three runs lie in the store" 0 "^3$" count_runs
expect "The three are compared with the first" 0 "features .*minutes,complaints" mlops compare --store "$store" --run "$first" --run "$second" --run "$third" --baseline "$first" --markdown
expect "Each has a version in the registry" 0 "churn" mlops models --store "$store"

# --- Release --------------------------------------------------------------------------------------------------------------------------------------------

describe_version 3
two_people_sign
expect "With two people's decisions, lint finds no error as in production" 0 "." mlops lint --stage production
expect "The gate lets version 3 through" 0 "churn-model" mlops gate . --target production
as "release[bot]" "release[bot]@example.org"
expect "Version 3 is released, and answers a request" 0 "Sent 2 rows to .*the answer came" mlops deploy . --target production --yes --reason "It reaches the target"
commit "Keep the decisions and the release of version 3"
expect "Customers are scored by what was released" 0 "400 customers were scored" node "$parts/work.mjs" "$address" logs/scored.csv 400 60 36 11

# --- Run ------------------------------------------------------------------------------------------------------------------------------------------------

export CI=true # Checks, trainings by need and releases are a pipeline's work from now on.
expect "Monitoring finds the model as it was trained" 0 "churn-model" mlops monitor . --json
expect "No training is needed, and none is started" 0 "asks for none" mlops retrain . --if-needed --yes
expect "A flat rate begins, and customers call longer" 0 "400 customers were scored" node "$parts/work.mjs" "$address" logs/scored.csv 400 34 10 12 flat-rate
expect "Monitoring alarms: the data drifted, and the target is missed" 1 "minutes" mlops monitor .
expect "Which column moved, and whereto, is told" 0 "minutes. moved up" mlops drift --reference data/train.csv --current logs/scored.csv
expect "The same data again is refused: it would make the same model" 0 "same model" mlops retrain . --if-needed --yes
train_hash="$(hash_of data/train.csv)"
test_hash="$(hash_of data/test.csv)"
node "$parts/makeData.mjs" data/train.csv 1000 3 flat-rate
node "$parts/makeData.mjs" data/test.csv 500 4 flat-rate
expect "Lint notices that the data are not those that were approved" 1 "data/train.csv is another file" mlops lint
edit "s/$train_hash/$(hash_of data/train.csv)/"
edit "s/$test_hash/$(hash_of data/test.csv)/"
edit 's/^stage: .*/stage: production/'
commit "Take the customers with a flat rate"
expect "With new data, drift asks for a training, and it reaches the target" 0 "f1 of gold: .*meets its target" mlops retrain . --if-needed --yes
fourth="$(newest_run)"
commit "Evaluate version 4"
expect "The challenger is compared with the champion" 0 "f1/plan/gold" mlops compare --store "$store" --run "$third" --run "$fourth" --baseline "$third"
as "Ana Ruiz" ana@example.org
describe_version 4
expect "The decisions on version 3 say nothing of version 4" 1 "sign-off:launch" mlops gate . --target production
two_people_sign
as "release[bot]" "release[bot]@example.org"
expect "The gate stops any version while the data are not those that it knows" 1 "blocks  drift" mlops gate . --target production
expect "The data are like the new reference now, and version 3 still misses its target" 1 "misses the target" mlops monitor .
expect "The gate lets version 4 through, since those figures are of version 3" 0 "Version 3 is at work, and this is 4" mlops gate . --target production
expect "Version 4 is released" 0 "Sent 2 rows" mlops deploy . --target production --yes --reason "It knows the flat rate"
commit "Keep the release of version 4"
expect "Customers with a flat rate are scored by version 4" 0 "400 customers were scored" node "$parts/work.mjs" "$address" logs/scored.csv 400 9 2 13 flat-rate
expect "Monitoring finds the model as it was trained again" 0 "churn-model" mlops monitor .
expect "No training is needed any more" 0 "asks for none" mlops retrain . --if-needed --yes
as "Ana Ruiz" ana@example.org
expect "A person tries explanations, and the figures hold" 0 "f1 of gold: .*meets its target" mlops retrain . --yes --param explain=explainer-that-is-not-here
commit "Evaluate version 5"
describe_version 5
mlops request-sign-off . --json >"$place/drafts"
sign launch "Mia Berg" mia@example.org "I read the report on both plans, and the target holds in each."
as "release[bot]" "release[bot]@example.org"
expect "Version 5 cannot answer where it is served, and goes back by itself" 1 "Result .*(Cannot find package|No module named).*Version 4 was put back by itself" mlops deploy . --target production --yes --reason "It explains itself"
expect "Version 4 answers again" 0 "400 customers were scored" node "$parts/work.mjs" "$address" "$place/again.csv" 400 2 1 14 flat-rate
commit "Keep what became of version 5"

# --- Report ---------------------------------------------------------------------------------------------------------------------------------------------

as "Ana Ruiz" ana@example.org
edit "s/^model: .*/$(git show "HEAD~3:mlops.yaml" | sed -n 's/^model: .*/&/p' | sed 's/[&/]/\\&/g')/"
commit "Describe version 4, which is at work"
expect "A report for readers outside, as a page" 0 "</html>" mlops report . --format html --external
cp "$place/out" "$place/report.html"
expect "It holds nobody's address" 1 "^0$" grep -c "@example.org" "$place/report.html"
expect "A bill of materials that names the data" 0 '"bomFormat": ?"CycloneDX"' mlops report . --format cyclonedx
expect "A model card with the figures" 0 "model-index" mlops report . --format modelcard
expect "The report is kept with its seal" 0 "Kept as" mlops report . --format json --write
commit "Keep the report"
expect "All records are as they were written" 0 "All is as it was written" mlops verify
expect "All five lights of the product are green" 0 "^good good good good good$" lights
expect "Version 4 is at work" 0 "churn-model .* 4" mlops status
printf '%s steps passed\n' "$steps"
