import {type ParsedFlags} from './flags.ts';

export async function analyzeRun(run: string, flags: ParsedFlags): Promise<number> {
	throw new Error(`${run}${flags.positional.length}`);
}
