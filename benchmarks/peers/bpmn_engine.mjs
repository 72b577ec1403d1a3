// npm bpmn-engine walking the three-task flow: a case for every line read, its completions' seconds as a line of JSON.
//
// PGHOST, PGUSER, PGPASSWORD and PGDATABASE name the database.  The engine has no store of its own; its documents keep
// what getState() gives as JSON and hand it to recover().  A completion is therefore one transaction: the row read
// under its lock, the engine recovered and resumed from it (an office answers many people from many processes and may
// be restarted between two clicks, so nothing is kept in memory), the open task signalled with what was typed, the
// state written back, commit.  In its favour: no task list, no right checked, no form read, no history written.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Engine } from 'bpmn-engine';
import pg from 'pg';

const STEPS = ['minta', 'periksa', 'putuskan'];
const source = readFileSync(process.argv[2], 'utf8');
const client = new pg.Client();

async function open() {
  const execution = await new Engine({ name: 'tiga', source }).execute();
  const state = JSON.stringify(execution.getState());
  execution.stop();
  const found = await client.query('insert into ukur (state) values ($1) returning id', [state]);
  return found.rows[0].id;
}

async function complete(id, step, typed) {
  await client.query('begin');
  const found = await client.query('select state from ukur where id = $1 for update', [id]);
  const engine = new Engine({ name: 'tiga' }).recover(JSON.parse(found.rows[0].state));
  const execution = await engine.resume();
  const task = execution.getPostponed().find((one) => one.id === step);
  if (!task) throw new Error(`${step} is not open`);
  task.signal(typed);
  execution.environment.output[step] = typed;
  const state = JSON.stringify(execution.getState());
  const ended = execution.state === 'idle';
  if (!ended) execution.stop();
  await client.query('update ukur set state = $2, ended = $3 where id = $1', [id, state, ended]);
  await client.query('commit');
  return ended;
}

async function walk(typed) {
  const id = await open();
  const seconds = [];
  let ended = false;
  for (const step of STEPS) {
    const began = performance.now();
    ended = await complete(id, step, typed);
    seconds.push((performance.now() - began) / 1000);
  }
  if (!ended) throw new Error('the process did not end');
  return { seconds };
}

await client.connect();
await client.query(
  'create table ukur (id int generated always as identity primary key, state text, ended boolean not null default false)',
);
for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(JSON.stringify(await walk(JSON.parse(line))) + '\n');
}
await client.end();
