import fs from 'node:fs/promises';
import path from 'node:path';
import {type KnownCause} from '../../core/diagnosis.ts';
import {isObject, type JsonObject} from '../../core/json.ts';
import {type ResultSet} from '../result-set.ts';
import {triageRun} from '../triage.ts';
import {type ReportRun} from './run-sections.ts';

const maxNotes = 64 * 1024;

/** What a report tells of a set beside its results. */
export async function readReportRun(set: ResultSet, causes?: readonly KnownCause[]): Promise<ReportRun> {
	const {run} = set;
	if (!run) {
		return {set, triages: [], environment: undefined, notes: undefined};
	}

	const [triages, environment, notes] = await Promise.all([triageRun(run, {causes}), readText(path.join(run.path, 'environment.json')), readText(path.join(run.path, 'notes.md'))]);
	return {set, triages, environment: parsed(environment), notes};
}

async function readText(file: string): Promise<string | undefined> {
	try {
		const stats = await fs.stat(file);
		return stats.isFile() ? (await fs.readFile(file, 'utf8')).slice(0, maxNotes) : undefined;
	} catch {
		return undefined;
	}
}

function parsed(text: string | undefined): JsonObject | undefined {
	try {
		const value = JSON.parse(text ?? '') as unknown;
		return isObject(value) ? value as JsonObject : undefined;
	} catch {
		return undefined;
	}
}
