/** A line for a shell that asks the API for the same list; the token is taken from a variable. */
export function curlOf(address: string, filter: string): string {
  return [
    "curl -sG",
    quoted(address),
    "-H 'ngrok-version: 2'",
    '-H "Authorization: Bearer $TOKEN"',
    `--data-urlencode ${quoted(`filter=${filter}`)}`,
  ].join(" ");
}

/** A word of a POSIX shell, in which nothing has a meaning. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
