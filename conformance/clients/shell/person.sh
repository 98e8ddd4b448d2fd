# Somebody with a browser, in shell: `visit URL END [USER_CODE]` signs in, allows, and prints the address
# at which the app is called. Pages are recognised by the element ids of the outside interface.
# Needs curl and xmllint. COOKIES names the browser's cookie jar.

visit() {
  local at=$1 end=$2 user_code=${3:-} page headers action step button
  local request=(--get)
  page=$(mktemp) headers=$(mktemp)
  for step in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
    curl -sS -b "$COOKIES" -c "$COOKIES" -D "$headers" -o "$page" "${request[@]}" "$at" || return 1
    request=(--get)
    local location
    location=$(sed -n 's/^[Ll]ocation: *//p' "$headers" | tr -d '\r')
    if [ -n "$location" ]; then
      at=$(absolute "$location" "$at")
      case $at in "$end"*) echo "$at"; rm -f "$page" "$headers"; return ;; esac
      continue
    fi
    if [ -n "$(in_page "$page" 'string(//*[@id="error-title"])')" ]; then
      echo "error page: $(in_page "$page" 'normalize-space(//*[@id="error-title"])')" >&2
      return 1
    fi
    button=$(first_button "$page") || { rm -f "$page" "$headers"; return 0; }
    fill "$page" "$button" "$user_code" "$at"
    action=$(in_page "$page" "string(//*[@id=\"$button\"]/ancestor::form[1]/@action)")
    at=$(absolute "$action" "$at")
  done
  echo "did not arrive at $end" >&2
  return 1
}

# What the page asks to press.
first_button() {
  local id
  for id in sign-in-submit second-factor-submit consent-allow device-allow device-submit sign-out-confirm; do
    [ "$(in_page "$1" "count(//*[@id=\"$id\"])")" = 0 ] || { echo "$id"; return 0; }
  done
  return 1
}

# Fills `request` with the form around the button (called from visit, whose variable it is).
fill() {
  local page=$1 button=$2 user_code=$3 at=$4 form count i name value
  form="//*[@id=\"$button\"]/ancestor::form[1]"
  request=(--request POST --header "Origin: $(origin "$at")")
  count=$(in_page "$page" "count($form//input[@name][not(@type='checkbox') or @checked])")
  for ((i = 1; i <= count; i++)); do
    name=$(in_page "$page" "string(($form//input[@name][not(@type='checkbox') or @checked])[$i]/@name)")
    value=$(in_page "$page" "string(($form//input[@name][not(@type='checkbox') or @checked])[$i]/@value)")
    case $name in
      identifier) value=$PERSON_IDENTIFIER ;;
      password) value=$PERSON_PASSWORD ;;
      user_code) value=${user_code:-$value} ;;
      code) [ "$button" != second-factor-submit ] || value=$(newest_code) ;;
    esac
    request+=(--data-urlencode "$name=$value")
  done
  name=$(in_page "$page" "string(//*[@id=\"$button\"]/@name)")
  value=$(in_page "$page" "string(//*[@id=\"$button\"]/@value)")
  [ -z "$name" ] || request+=(--data-urlencode "$name=$value")
}

# The newest one-time code in the inbox of a server that delivers nothing.
newest_code() {
  curl -sS -H 'Accept: application/json' "$ISSUER/inbox" | jq -r 'map(select(.code))[0].code'
}

in_page() { xmllint --html --nowarning --xpath "$2" "$1" 2>/dev/null; }

origin() { echo "$1" | sed -E 's#^([a-z]+://[^/]+).*#\1#'; }

absolute() {
  case $1 in
    http://* | https://*) echo "$1" ;;
    /*) echo "$(origin "$2")$1" ;;
    '') echo "$2" ;;
    *) echo "${2%/*}/$1" ;;
  esac
}
