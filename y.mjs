import { readYaml } from "./dist/settings/yaml-source.js";
const cases = {flow: n=>"[".repeat(n), map: n=>"{a: ".repeat(n), seq: n=>"- ".repeat(n), q: n=>"? ".repeat(n), col: n=>"a: ".repeat(n), colons: n=>":".repeat(n), cs: n=>": ".repeat(n), anch: n=>"&a ".repeat(n), tag: n=>"!a ".repeat(n), fl2: n=>"[{".repeat(n/2), sq: n=>"- ? ".repeat(n/2), comm: n=>"[,".repeat(n), ind: n=>Array.from({length:Math.sqrt(n)*1.4|0},(_, i)=>" ".repeat(i)+"a:").join("\n"), quotes: n=>"\"".repeat(n), nl: n=>"\n".repeat(n), hash:n=>"# ".repeat(n), dash: n=>"---\n".repeat(n), flowclose: n=>"[".repeat(n)+"]".repeat(n), alias: n=>"*a ".repeat(n), exp: n=>"a:\n- ".repeat(n), tabs: n=>"\t".repeat(n), star: n=>"a: *x\n".repeat(n)};
const [,, which, kind, n] = process.argv;
if (!which) { console.log(Object.keys(cases).join(" ")); process.exit(); }
const t = cases[kind](+n); const t0=performance.now();
try { const d = readYaml(t); console.log(kind, n, t.length, "errors", JSON.stringify(d.problems).slice(0,160), performance.now()-t0|0); }
catch(e) {console.log(kind, n, "threw", e, performance.now()-t0|0)}
