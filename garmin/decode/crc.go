package decode

// crcTable has, for each place among sixteen bytes, what a byte there adds to
// the checksum.
type crcTable [16][256]uint16

var crcTables = newCRCTable()

// newCRCTable fills the table for CRC-16 with the polynomial 0xA001 and the
// start 0, the one of the FIT protocol (section "CRC"), also known as
// CRC-16/ARC.
func newCRCTable() *crcTable {
	var t crcTable
	for i := range 256 {
		sum := uint16(i)
		for range 8 {
			sum = sum>>1 ^ 0xA001*(sum&1)
		}
		t[0][i] = sum
	}
	for i := range 256 {
		for k := 1; k < len(t); k++ {
			before := t[k-1][i]
			t[k][i] = before>>8 ^ t[0][before&0xff]
		}
	}
	return &t
}

// checksum returns the FIT checksum of data, sixteen bytes at a step.
func checksum(data []byte) uint16 {
	var sum uint16
	t := crcTables
	for len(data) >= 16 {
		d := data[:16:16]
		sum = t[15][d[0]^byte(sum)] ^ t[14][d[1]^byte(sum>>8)] ^
			t[13][d[2]] ^ t[12][d[3]] ^ t[11][d[4]] ^ t[10][d[5]] ^ t[9][d[6]] ^ t[8][d[7]] ^
			t[7][d[8]] ^ t[6][d[9]] ^ t[5][d[10]] ^ t[4][d[11]] ^ t[3][d[12]] ^ t[2][d[13]] ^ t[1][d[14]] ^ t[0][d[15]]
		data = data[16:]
	}
	for _, b := range data {
		sum = sum>>8 ^ t[0][byte(sum)^b]
	}
	return sum
}
