/*
Numbers and texts as Python prints them: plot scripts of the reference harness read our files, so `1.0` stays `1.0`.
*/

/** A float as Python's `repr`: shortest round-trip digits, always with a point or an exponent. */
export function pythonFloat(value: number): string {
	if (Number.isNaN(value)) {
		return 'nan';
	}

	if (!Number.isFinite(value)) {
		return value > 0 ? 'inf' : '-inf';
	}

	if (value === 0) {
		return Object.is(value, -0) ? '-0.0' : '0.0';
	}

	const {sign, digits, exponent} = scientific(value.toExponential());
	return sign + (exponent < -4 || exponent >= 16 ? withExponent(digits, exponent) : withPoint(digits, exponent));
}

/**
A float in general notation with at least one decimal, as the summary lines show figures: `0.0582735`, `14731.0`,
`123457.0`, `1.23457e+06`.

@param value
@param precision Significant digits.
*/
export function generalFloat(value: number, precision = 6): string {
	if (!Number.isFinite(value) || value === 0) {
		return pythonFloat(value);
	}

	const {sign, digits, exponent} = scientific(value.toExponential(precision - 1));
	const significant = trimZeros(digits);
	return sign + (exponent < -4 || exponent >= precision ? withExponent(significant, exponent) : withPoint(significant, exponent));
}

/** A text as Python's `repr`: single quotes, unless it holds one and no double quote. */
export function pythonString(text: string): string {
	const quote = text.includes('\'') && !text.includes('"') ? '"' : '\'';
	const escaped = text.replaceAll('\\', '\\\\').replaceAll('\n', String.raw`\n`).replaceAll('\r', String.raw`\r`).replaceAll('\t', String.raw`\t`);
	return quote + escaped.split(quote).join(`\\${quote}`) + quote;
}

function scientific(text: string): {readonly sign: string; readonly digits: string; readonly exponent: number} {
	const [mantissa = '', exponent = '0'] = text.split('e', 2);
	return {sign: mantissa.startsWith('-') ? '-' : '', digits: mantissa.replaceAll(/[-.]/g, ''), exponent: Number(exponent)};
}

function trimZeros(digits: string): string {
	let end = digits.length;
	while (end > 1 && digits[end - 1] === '0') {
		end--;
	}

	return digits.slice(0, end);
}

function withPoint(digits: string, exponent: number): string {
	if (exponent < 0) {
		return `0.${'0'.repeat(-exponent - 1)}${digits}`;
	}

	const whole = digits.padEnd(exponent + 1, '0');
	return `${whole.slice(0, exponent + 1)}.${whole.slice(exponent + 1) || '0'}`;
}

function withExponent(digits: string, exponent: number): string {
	const mantissa = digits.length > 1 ? `${digits[0]!}.${digits.slice(1)}` : digits;
	return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}
