import {readFileSync} from 'node:fs';
import {CueMatcher} from "./src/mapping/lexicon/cue-matcher.ts";
const j=readFileSync('data/lexicon.json','utf8');
let t=performance.now(); const l=JSON.parse(j); const t1=performance.now(); const m=new CueMatcher(l); console.log('parse',t1-t,'build',performance.now()-t1);
t=performance.now(); new CueMatcher(l); console.log('build2',performance.now()-t);
let s=''; 
import {readdirSync} from 'node:fs';import {parse} from 'yaml';
const all:string[]=[];for(const f of readdirSync('data/lexicon')){const d=parse(readFileSync('data/lexicon/'+f,'utf8'));for(const e of Object.values(d) as any)all.push(...e.examples)}
const text:string[]=[];let n=0;let k=0;while(n<1e6){const x=all[k++%all.length]!;text.push(x);n+=x.length+1}
for(let r=0;r<3;r++){t=performance.now();let c=0;for(const x of text)c+=m.find(x).length;console.log('1MB examples',performance.now()-t,c)}
const prose=readFileSync('samples/deadringer.md','utf8')+readFileSync('samples/night-shift-timeline.md','utf8');const ss=prose.repeat(Math.ceil(1e6/prose.length)).slice(0,1e6).split(/\n|(?<=\.)\s/);
for(let r=0;r<3;r++){t=performance.now();let c=0;for(const x of ss)c+=m.find(x).length;console.log('1MB prose',performance.now()-t,c)}
t=performance.now();console.log('one sentence',m.find(text.join(' ')).length,performance.now()-t)
