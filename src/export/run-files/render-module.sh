#!/usr/bin/env bash
# Made by the export of StateFun Studio: fills secrets into module.yaml when a container of StateFun starts, and then starts it.
# StateFun replaces no variables itself. Each @NAME@ becomes what the file NAME holds, escaped as between double quotes in YAML.
set -euo pipefail

template=${MODULE_TEMPLATE:-/opt/statefun/template/module.yaml}
secrets=${MODULE_SECRETS:-/opt/statefun/secrets}
entry=${MODULE_ENTRY:-/docker-entry-point.sh}
: "${MODULE_FILE:?name the file to write}"

rest=$(<"$template")
done=''
marker='@([A-Z][A-Z0-9_]{2,})@'
while [[ $rest =~ $marker ]]; do
  name=${BASH_REMATCH[1]}
  if [[ ! -r $secrets/$name ]]; then
    echo "module.yaml asks for $name, and there is no file $secrets/$name: see the README." >&2
    exit 1
  fi
  value=$(<"$secrets/$name")
  value=${value//\\/\\\\}
  value=${value//\"/\\\"}
  value=${value//$'\n'/\\n}
  done+=${rest%%"@$name@"*}$value
  rest=${rest#*"@$name@"}
done

mkdir -p "$(dirname "$MODULE_FILE")"
umask 077
printf '%s\n' "$done$rest" >"$MODULE_FILE"
exec "$entry" "$@"
