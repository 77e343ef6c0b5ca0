/*
Workloads: what the clients send. Each is a schema with its name last, as the reference harness has it on disk, prints as
protobuf text under its name in snake case, and has a function that suites write it with.
*/
import {z} from 'zod';
import {chosen, count, countOrZero, fieldOf, fraction, type Group} from './field.ts';
import {protobufGroup} from './protobuf-text.ts';

const sized = {size_mean: countOrZero(), size_std: countOrZero()};
const written = {write_size_mean: countOrZero(), write_size_std: countOrZero()};

const stringSchema = z.strictObject({...sized, name: z.literal('StringWorkload')});
const uniformSingleKeySchema = z.strictObject({num_keys: count(), ...sized, name: z.literal('UniformSingleKeyWorkload')});
const bernoulliSingleKeySchema = z.strictObject({conflict_rate: fraction(), ...sized, name: z.literal('BernoulliSingleKeyWorkload')});
const uniformReadWriteSchema = z.strictObject({num_keys: count(), read_fraction: fraction(), ...written, name: z.literal('UniformReadWriteWorkload')});
const pointSkewedReadWriteSchema = z.strictObject({num_keys: count(), read_fraction: fraction(), point_fraction: fraction(), ...written, name: z.literal('PointSkewedReadWriteWorkload')});
const uniformMultiKeyReadWriteSchema = z.strictObject({num_keys: count(), num_operations: count(), read_fraction: fraction(), ...written, name: z.literal('UniformMultiKeyReadWriteWorkload')});
const writeOnlyStringSchema = z.strictObject({workload: stringSchema, name: z.literal('WriteOnlyStringWorkload')});
const writeOnlyUniformSingleKeySchema = z.strictObject({workload: uniformSingleKeySchema, name: z.literal('WriteOnlyUniformSingleKeyWorkload')});
const writeOnlyBernoulliSingleKeySchema = z.strictObject({workload: bernoulliSingleKeySchema, name: z.literal('WriteOnlyBernoulliSingleKeyWorkload')});

/** What a state machine is sent that is only written to, or does not know reads. */
export const workload = z.discriminatedUnion('name', [stringSchema, uniformSingleKeySchema, bernoulliSingleKeySchema]);

/** What a state machine with reads is sent. */
export const readWriteWorkload = z.discriminatedUnion('name', [
	uniformReadWriteSchema,
	pointSkewedReadWriteSchema,
	uniformMultiKeyReadWriteSchema,
	writeOnlyStringSchema,
	writeOnlyUniformSingleKeySchema,
	writeOnlyBernoulliSingleKeySchema,
]);

/** Random strings. */
export const stringWorkload = writerOf(stringSchema);
/** Sets of a uniformly chosen key. */
export const uniformSingleKeyWorkload = writerOf(uniformSingleKeySchema);
/** Commands that conflict with one another at a given rate. */
export const bernoulliSingleKeyWorkload = writerOf(bernoulliSingleKeySchema);
/** Reads and writes of a uniformly chosen key. */
export const uniformReadWriteWorkload = writerOf(uniformReadWriteSchema);
/** Reads and writes of which some go to one hot key, the others to a uniformly chosen one. */
export const pointSkewedReadWriteWorkload = writerOf(pointSkewedReadWriteSchema);
/** Reads and writes of several uniformly chosen keys at once. */
export const uniformMultiKeyReadWriteWorkload = writerOf(uniformMultiKeyReadWriteSchema);
/** The write-only workloads, for protocols that know reads. */
export const writeOnlyStringWorkload = writerOf(writeOnlyStringSchema);
export const writeOnlyUniformSingleKeyWorkload = writerOf(writeOnlyUniformSingleKeySchema);
export const writeOnlyBernoulliSingleKeyWorkload = writerOf(writeOnlyBernoulliSingleKeySchema);

const known = z.discriminatedUnion('name', [...workload.options, ...readWriteWorkload.options]);

/**
A workload as the text of a `.pbtxt` file: `string_workload: { size_mean: 1 … }`.

@param value
@param schema The workloads that it is one of; by default those of the clients.
*/
export function workloadText(value: {readonly name: string}, schema: z.core.$ZodType = known): string {
	const choice = fieldOf(schema);
	const fields: Group = choice.kind === 'choice' ? chosen(choice, value) : {kind: 'group', fields: []};
	return `${snakeCase(value.name)}: {\n${protobufGroup(fields, value, '  ', ['name'])}}\n`;
}

/** A function that writes one workload: its fields in, the fields and its name out. */
export function writerOf<Written extends {readonly name: string}>(schema: z.ZodType<unknown, Written> & {readonly shape: {readonly name: z.ZodLiteral<Written['name']>}}) {
	const {value: name} = schema.shape.name;
	return (fields: Omit<Written, 'name'>) => ({...fields, name});
}

function snakeCase(name: string): string {
	return name.replaceAll(/(?<=.)[A-Z]/g, letter => `_${letter}`).toLowerCase();
}
