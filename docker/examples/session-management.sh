#!/usr/bin/env bash
# What an application that was written for PingFederate's session management does, step by step, against the demo
# (mvn -Pdemo): finds the calls by discovery, takes the session's identifier out of an access token, queries, extends
# and revokes the session, and polls the revocation list as a gateway does. Needs bash, curl and jq.
#
# The session is over then; the next start of the demo signs that person in again.
#
# For another realm, or as a start for a script of your own, set these in the environment:
#   REALM_URL             the realm's issuer
#   CLIENT_ID             a client that may use the Session Management API and the Session Revocation API
#   CLIENT_SECRET
#   APP_CLIENT_ID         the application that holds the refresh token; its tokens have the claim pi.sri
#   APP_CLIENT_SECRET     empty for a public client
#   REFRESH_TOKEN_FILE    a file that holds nothing but the refresh token
#   POLLS                 how often the revocation list is asked at most, once a second
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
realm_url=${REALM_URL-http://localhost:8080/realms/acme}
client_id=${CLIENT_ID-access-gateway}
client_secret=${CLIENT_SECRET-access-gateway-demo-secret}
app_client_id=${APP_CLIENT_ID-wiki}
app_client_secret=${APP_CLIENT_SECRET-wiki-demo-secret}
refresh_token_file=${REFRESH_TOKEN_FILE-$here/../demo/target/demo/refresh-token}
polls=${POLLS-10}

steps=0

say() {
    steps=$((steps + 1))
    printf '%d. %s\n' "$steps" "$*"
}

fail() {
    printf 'FAILED: %s\n' "$*" >&2
    exit 1
}

# call METHOD URL [ARGUMENT OF CURL...]: leaves the answer in status and body.
call() {
    local method=$1 url=$2 answer
    answer=$(curl -sS --max-time 30 -w '\n%{http_code}' -X "$method" "${@:3}" "$url") \
        || fail "No answer to $method $url. Is the server running?"
    status=${answer##*$'\n'}
    body=${answer%$'\n'*}
}

# OAuth has name and secret percent-encoded before they go into HTTP Basic (RFC 6749, section 2.3.1).
encoded() {
    printf %s "$1" | jq -sRr @uri
}

# The same as the client that may manage sessions. Secrets and tokens go to curl through files and not as arguments,
# which everybody on the machine can read.
manage() {
    call "$@" --config <(printf 'user = "%s:%s"\n' "$(encoded "$client_id")" "$(encoded "$client_secret")") \
        -H 'X-XSRF-Header: example'
}

# refresh TOKEN: as the application.
refresh() {
    call POST "$token_endpoint" -d grant_type=refresh_token --data-urlencode "client_id=$app_client_id" \
        --data-urlencode client_secret@<(printf %s "$app_client_secret") \
        --data-urlencode refresh_token@<(printf %s "$1")
}

# expect STATUS WHAT
expect() {
    [[ $status == "$1" ]] || fail "$2: expected status $1, got $status $body"
}

# member FILTER: what jq finds in the answer. Nothing, or null, is a failure. The answer may hold tokens: it is not shown.
member() {
    jq -er "$1" <<<"$body" || fail "The answer has no $1"
}

for tool in curl jq; do
    command -v "$tool" >/dev/null || fail "$tool is needed: sudo apt-get install curl jq"
done
[[ -r $refresh_token_file ]] || fail "No refresh token in $refresh_token_file. The demo (mvn -Pdemo) leaves one there."

call GET "$realm_url/.well-known/openid-configuration"
expect 200 "Discovery"
token_endpoint=$(member .token_endpoint)
sessions=$(member .ping_session_management_sris_endpoint)
revoked_sris=$(member .ping_revoked_sris_endpoint)
say "Discovery names the calls: $sessions and $revoked_sris"

refresh "$(<"$refresh_token_file")"
[[ $status != 400 ]] || fail "The refresh token is refused: that session is over ($body). Start the demo again."
expect 200 "Refresh"
refresh_token=$(member .refresh_token)
claims=$(member '.access_token | split(".")[1] | gsub("-"; "+") | gsub("_"; "/") | @base64d')
sri=$(jq -er '.["pi.sri"]' <<<"$claims") \
    || fail "No pi.sri in the access token of $app_client_id. It takes the client scope in $here/pi-sri-client-scope.json."
say "The access token of $app_client_id says by pi.sri which session it belongs to: $sri"

manage GET "$sessions/$sri"
expect 200 "Query"
[[ $(member .status) == HAS_VALID_SESSIONS ]] || fail "The session does not live: $body"
idle_timeout=$(member '.authnSessions[0].idleTimeout')
say "The session lives: signed in from $(member .contextData.ipAddress)" \
    "by $(member '.authnSessions[0].authnSource.id'), ends at $idle_timeout unless it is used"

# Two seconds later, so that there is something to see.
sleep 2
manage POST "$sessions/$sri/extend"
expect 200 "Extend"
extended=$(member '.authnSessions[0].idleTimeout')
[[ $extended > $idle_timeout ]] || fail "The idle timeout has not moved: $body"
say "Extended: the idle timeout has moved from $idle_timeout to $extended"

manage GET "$revoked_sris/$sri"
expect 404 "Revocation list"
say "The revocation list does not have it: a gateway lets the token pass"

manage POST "$sessions/$sri/revoke"
expect 200 "Revoke"
say "Revoked"

for ((poll = 1; poll <= polls; poll++)); do
    manage GET "$revoked_sris/$sri"
    if [[ $status != 404 ]]; then
        break
    fi
    sleep 1
done
expect 200 "Revocation list after $polls polls"
[[ $(member .id) == "$sri" ]] || fail "The revocation list answers for another session: $body"
say "The revocation list has it at poll $poll: a gateway refuses the token, although it has not expired"

manage GET "$sessions/$sri"
expect 200 "Query"
[[ $(member .status) == SESSION_REVOKED ]] || fail "The session is not revoked: $body"
say "The session is over: SESSION_REVOKED"

refresh "$refresh_token"
expect 400 "Refresh"
say "The application gets no new tokens: $(member .error)"
