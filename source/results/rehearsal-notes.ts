import {engineText} from '../core/rehearsal.ts';
import {type ResultSet} from './result-set.ts';

/** A sentence, without its full stop, for each run whose figures are those of stand-ins. */
export function rehearsalNotes(sets: readonly ResultSet[]): readonly string[] {
	return [...new Set(sets.filter(({run}) => run?.args['engine'] === 'rehearsal').map(({label}) => `${label} is a ${engineText('rehearsal')}`))];
}
