import {readFileSync} from 'node:fs';
import {CommandMatcher} from "./src/mapping/lexicon/command-matcher.ts";
import {loadBundledCatalogue,loadBundledLexicon} from "./src/cli/bundled-data.ts";
import {parseReport} from "./src/report/parse.ts"; import {mapReport} from "./src/mapping/map-report.ts";
const l=loadBundledLexicon('data')!; const c=loadBundledCatalogue('data');
let t=performance.now(); const m=new CommandMatcher(l); console.log('build commands',performance.now()-t, (m as any).wordless.length, (m as any).wordless.map((i:number)=>(m as any).rows[i].pattern).slice(0,20));
const lines=readFileSync('samples/night-shift-timeline.md','utf8').split('\n').filter(x=>x.trim());
const adv=['\\a\\'.repeat(1500),'HKLM\\'.repeat(800),'/etc/'.repeat(800),'a'.repeat(5000),'reg add '.repeat(600),'"'.repeat(4000),'powershell -enc '.repeat(300), 'net user '.repeat(500)];
for(const a of adv){t=performance.now();const n=m.find(a).length;console.log(a.slice(0,12),n,(performance.now()-t).toFixed(1))}
let n=0;t=performance.now();let k=0;while(n<1e6){const x=lines[k++%lines.length]!;m.find(x);n+=x.length}console.log('1MB code',performance.now()-t);
for(const f of ['samples/deadringer.md','samples/harbour-lantern-advisory.md']){const src=readFileSync(f,'utf8');const big=src.repeat(Math.ceil(1e6/src.length));t=performance.now();const r=parseReport(big,{path:'x',format:'markdown'});const t1=performance.now();const a=mapReport(r,c).mentions.length;const t2=performance.now();const b=mapReport(r,c,l).mentions.length;console.log(f,'parse',t1-t,'map',t2-t1,a,'with lexicon',performance.now()-t2,b)}
