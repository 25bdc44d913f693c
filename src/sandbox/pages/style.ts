/** The look of all pages: quiet, readable, light and dark. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1f2328; --soft: #59636e; --line: #d1d9e0; --paper: #fff; --wash: #f6f8fa;
  --link: #0969da; --open: #1a7f37; --closed: #8250df; --bot: #eef4ff; --mark: #dafbe1; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9198a1; --line: #3d444d; --paper: #0d1117;
  --wash: #151b23; --link: #4493f8; --open: #3fb950; --closed: #ab7df8; --bot: #121d2f; --mark: #12261e; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 15px/1.55 system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif; }
a { color: var(--link); text-decoration: none; } a:hover { text-decoration: underline; }
header { background: var(--wash); border-bottom: 1px solid var(--line); padding: 14px 24px 0; }
header .path { font-size: 18px; } header .path b { font-weight: 600; }
header .note { float: right; color: var(--soft); font-size: 13px; }
nav { display: flex; gap: 4px; margin-top: 10px; }
nav a { color: var(--ink); padding: 8px 12px; border-bottom: 2px solid transparent; }
nav a.here { border-color: #fd8c73; font-weight: 600; } nav a:hover { text-decoration: none; background: var(--line); border-radius: 6px 6px 0 0; }
nav small, .count { background: var(--line); border-radius: 10px; padding: 1px 7px; font-size: 12px; margin-left: 4px; color: var(--ink); }
main { max-width: 960px; margin: 24px auto 64px; padding: 0 20px; }
h1 { font-size: 26px; font-weight: 500; line-height: 1.25; margin: 0 0 8px; overflow-wrap: anywhere; } h1 .number { color: var(--soft); font-weight: 300; }
.box { border: 1px solid var(--line); border-radius: 8px; overflow: hidden; }
.row { display: flex; gap: 12px; padding: 10px 16px; border-top: 1px solid var(--line); align-items: flex-start; }
.row:first-child { border-top: 0; } .row:hover { background: var(--wash); }
.row .grow { flex: 1; min-width: 0; overflow-wrap: anywhere; } .row .title { font-weight: 600; color: var(--ink); font-size: 16px; }
.soft { color: var(--soft); font-size: 13px; } .empty { padding: 40px; text-align: center; color: var(--soft); }
.state { display: inline-block; border-radius: 20px; color: #fff; padding: 4px 12px; font-size: 14px; font-weight: 500; margin-right: 8px; }
.state.open, .dot.open { background: var(--open); } .state.closed, .dot.closed { background: var(--closed); }
.dot { width: 12px; height: 12px; border-radius: 50%; margin-top: 7px; flex: none; }
.label { display: inline-block; border-radius: 12px; padding: 0 9px; font-size: 12px; font-weight: 500; line-height: 20px; margin: 0 2px; border: 1px solid #0002; white-space: nowrap; }
.badge { border: 1px solid var(--line); border-radius: 12px; padding: 0 8px; font-size: 12px; color: var(--soft); font-weight: 400; white-space: nowrap; }
.face { width: 36px; height: 36px; border-radius: 50%; flex: none; display: grid; place-items: center; color: #fff; font-weight: 600; }
.face.bot { border-radius: 8px; }
.said { display: flex; gap: 12px; margin-top: 18px; } .said.reply { margin-left: 48px; }
.said .box { flex: 1; min-width: 0; } .said .head { background: var(--wash); border-bottom: 1px solid var(--line); padding: 7px 14px; font-size: 14px; color: var(--soft); }
.said.bot .head { background: var(--bot); } .said.answer .box { border-color: var(--open); } .said.answer .head { background: var(--mark); }
.said .head b { color: var(--ink); } .body { padding: 12px 16px; overflow-wrap: anywhere; } .body p { white-space: pre-line; margin: 0 0 10px; }
.body > :first-child { margin-top: 0; } .body > :last-child { margin-bottom: 0; } .body h1, .body h2, .body h3 { margin: 16px 0 8px; font-size: 18px; }
.body li:has(> input) { list-style: none; margin-left: -20px; } .body pre { background: var(--wash); padding: 12px; border-radius: 6px; overflow: auto; white-space: pre; }
.body code { font: 13px ui-monospace, Menlo, Consolas, monospace; background: var(--wash); border-radius: 4px; padding: 2px 4px; } .body pre code { padding: 0; }
.body blockquote { margin: 0 0 10px; padding-left: 12px; border-left: 4px solid var(--line); color: var(--soft); }
.body table { border-collapse: collapse; margin-bottom: 10px; } .body td, .body th { border: 1px solid var(--line); padding: 5px 10px; text-align: left; }
.body details { border: 1px solid var(--line); border-radius: 6px; padding: 6px 12px; margin: 0 0 10px; } .body summary { cursor: pointer; color: var(--soft); }
.body details[open] summary { margin-bottom: 8px; } .body img { max-width: 100%; }
.event { margin: 14px 0 0 60px; color: var(--soft); font-size: 14px; } .event b { color: var(--ink); font-weight: 600; }
.reactions { padding: 0 16px 12px; display: flex; gap: 6px; } .reactions span { border: 1px solid var(--line); border-radius: 14px; padding: 1px 9px; font-size: 13px; }
.ok { color: var(--open); } .bad { color: #cf222e; }
`;
