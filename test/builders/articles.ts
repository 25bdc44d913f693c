/** A small documentation: pages of a program that draws boards of charts. */
export const LANTERN_DOCS: Record<string, string> = {
  "docs/install.md": `# Install

Lantern runs on Linux, macOS and Windows.

## Install on Linux

Download the package and unpack it into a folder of your path. There is a package for Debian too.

## Install on Windows

Run the installer, and allow it to change the path.

## Uninstall

Delete the folder. Your boards stay in your home folder.
`,
  "docs/network.md": `# Network

Lantern talks to its data sources over HTTP.

## Configure a proxy for the updater

Set \`LANTERN_PROXY\` to the address of your proxy. The updater uses this proxy for all of its requests, and asks for a
password when the proxy wants one.

## Certificates

Put the certificates of your company into the folder \`certs\`, and start Lantern again.

## Timeouts

A request that takes longer than 30 seconds is given up.
`,
  "docs/boards.md": `# Boards

A board is a page of charts.

## Share a board

Press \`s\` to copy a link to the board. Whoever has the link can read it.

## Export a board

A board can be exported as a JSON file by \`lantern export\`.

## Keyboard shortcuts

Press \`?\` for a list of all keyboard shortcuts.
`,
  "docs/charts.md": `# Charts

## Colours

The colours of a chart come from the theme. Change them in \`theme.yml\`.

## Logarithmic axes

Set \`scale: log\` on an axis.

## Time zones

Times are shown in the zone of the reader, unless \`timezone\` says otherwise.
`,
};
