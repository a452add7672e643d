import { loadBundledCatalogue, loadBundledLexicon, loadBundledModel } from "/work/wt/camp/src/cli/bundled-data.ts";
import { analyse } from "/work/wt/camp/src/analysis.ts";
import { parseReport } from "/work/wt/camp/src/report/parse.ts";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
const d="/work/wt/camp/data";
const c = loadBundledCatalogue(d); const o={lexicon:loadBundledLexicon(d),model:loadBundledModel(d)};
const docs = gunzipSync(readFileSync("/work/shared/corpora/tram-train.jsonl.gz")).toString().trim().split("\n").map(l=>JSON.parse(l));
for (const {title,text} of docs) {
  const a = analyse(parseReport(text,{path:title}),c,o);
  console.log(`## ${title} | ${a.report.title.slice(0,60)}`);
  console.log("  D:", a.campaigns.filter(x=>x.role==="described").map(x=>`${x.name}<${x.type}${x.attackIds.join()}>${x.techniques.length} (${x.reason})${x.aliases.length?" aka "+x.aliases.slice(0,6).join("/"):""}`).join("; "));
  console.log("  R:", a.campaigns.filter(x=>x.role==="referenced").map(x=>`${x.name}<${x.type}> (${x.reason.slice(0,60)})`).join("; "));
  for (const r of a.relations) if (r.kind!=="part-of") console.log("   ", r.from, r.kind, r.to, r.certainty, "|", r.evidence[0].text.slice(0,170));
}
