"""Who calls whom in tests: the documentation's fictional people."""

# Each lives in another area.
ALICE = "+14015550101"
BOB = "+12065550100"
CAROL = "+13035550102"
DAVE = "+16175550103"
