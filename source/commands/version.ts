import fs from 'node:fs';
import {packageRoot} from '../core/module-file.ts';

/** Of this package. */
export function versionOf(): string {
	return (JSON.parse(fs.readFileSync(new URL('package.json', packageRoot(import.meta.url)), 'utf8')) as {readonly version: string}).version;
}
