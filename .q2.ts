import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
const docs = gunzipSync(readFileSync("/work/shared/corpora/tram-train.jsonl.gz")).toString().trim().split("\n").map(l=>JSON.parse(l));
const [t, w] = process.argv.slice(2);
for (const d of docs) if (d.title.includes(t)) { d.text.split("\n").forEach((l:string,i:number)=>{ if (l.includes(w)) console.log(i+1, l.slice(0,420)); }); }
