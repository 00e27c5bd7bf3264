// Types of what the service takes and gives, from the files that say it: the page cannot drift.
import {mkdir, readFile, writeFile} from 'node:fs/promises';

import {compile} from 'json-schema-to-typescript';
import openapi, {astToString} from 'openapi-typescript';

const docs = new URL('../docs/', import.meta.url);
const target = new URL('src/contract/', import.meta.url);
await mkdir(target, {recursive: true});

const service = astToString(
  await openapi(new URL('openapi.yaml', docs), {emptyObjectsUnknown: true}),
);
await writeFile(new URL('service.d.ts', target), service);

for (const name of ['match', 'advice', 'difference']) {
  const schema = JSON.parse(await readFile(new URL(`schemas/${name}.schema.json`, docs), 'utf8'));
  schema.title = `${name[0].toUpperCase()}${name.slice(1)}File`;
  const types = await compile(schema, schema.title, {
    bannerComment: '',
    additionalProperties: false,
  });
  await writeFile(new URL(`${name}.d.ts`, target), types);
}
