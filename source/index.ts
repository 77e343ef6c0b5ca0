/*
What a suite may import: `import {protocol, suite, z} from 'benchdeck'`.
*/
export {protocol, type ProcContext, type Readiness, type Role} from './core/protocol.ts';
export {repeated, suite, type SuiteArgs} from './core/suite.ts';
export {boolean, count, countOrZero, duration, enumeration, float, fraction, group, integer, logLevel, milliseconds, oneOf, text} from './core/field.ts';
export {clientFields, closedLoops, monitoringFields, phaseFields, ramp} from './core/common-fields.ts';
export {collectionLog, heap} from './core/java.ts';
export {mean, quantiles, rate, type LiveSpec, type LiveSpecs} from './core/live.ts';
export {fromFiles, labelled, unlabelled} from './core/output.ts';
export {grouped, type Placed, type Placement} from './core/placement.ts';
export {addresses, bare, protobufText} from './core/protobuf-text.ts';
export {millisecondsFlag, secondsFlag} from './core/duration.ts';
export {
	bernoulliSingleKeyWorkload,
	pointSkewedReadWriteWorkload,
	readWriteWorkload,
	stringWorkload,
	uniformMultiKeyReadWriteWorkload,
	uniformReadWriteWorkload,
	uniformSingleKeyWorkload,
	workload,
	workloadText,
	writeOnlyBernoulliSingleKeyWorkload,
	writeOnlyStringWorkload,
	writeOnlyUniformSingleKeyWorkload,
	writerOf,
} from './core/workload.ts';
export {z} from 'zod';
