/** Anything that JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export type JsonObject = {readonly [key: string]: Json};

export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
