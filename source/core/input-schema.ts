/*
What a suite of a person's own may have in its input: zod comes in versions that cannot be told apart by their names, and not
every value that a schema takes can be written down.
*/
import {type z} from 'zod';
import {isObject} from './json.ts';

/** What is wrong with an input's schema: a field that is none, or one of another zod. */
export function schemaProblem(schema: unknown, path = ''): string | undefined {
	if (!isSchema(schema)) {
		return `has the field ${JSON.stringify(path)}, which is no schema of zod 4 (benchdeck's own z makes these)`;
	}

	const {def} = schema._zod;
	const inner: ReadonlyArray<readonly [path: string, schema: unknown]> = def.type === 'object'
		? Object.entries(def.shape).map(([name, field]) => [path === '' ? name : `${path}.${name}`, field])
		: ('innerType' in def ? [[path, def.innerType]] : []);
	return inner.map(([its, field]) => schemaProblem(field, its)).find(problem => problem !== undefined);
}

function isSchema(value: unknown): value is z.core.$ZodTypes {
	return isObject(value) && isObject(value['_zod']);
}

/** A value of an input that no file of inputs can hold: `at: an object of Date cannot be written down`. */
export function foreignValue(value: unknown, path = ''): string | undefined {
	if (typeof value === 'bigint' || typeof value === 'function' || typeof value === 'symbol') {
		return `${path}: a ${typeof value} cannot be written down`;
	}

	if (typeof value !== 'object' || value === null) {
		return undefined;
	}

	const prototype = Object.getPrototypeOf(value) as {readonly constructor: {readonly name: string}} | null;
	return Array.isArray(value) || prototype === Object.prototype || prototype === null
		? Object.entries(value).map(([name, inner]) => foreignValue(inner, path === '' ? name : `${path}.${name}`)).find(foreign => foreign !== undefined)
		: `${path}: an object of ${prototype.constructor.name} cannot be written down`;
}
