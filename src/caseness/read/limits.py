"""How much a record may hold, each limit with its reason. What is beyond one is told, never cut off in silence."""

# A file is read in pieces of this size, so that memory does not grow with the file.
BLOCK_BYTES = 2 << 20

# The widest table has some twenty columns of at most 56 characters: a row needs a few thousand bytes. A row that is
# longer than this is no row but a broken one, such as a quotation mark that is never closed, or a field of 100 MB.
ROW_BYTES = 1 << 20

# The same for one cell, where the source has no lines (Parquet, a workbook).
CELL_BYTES = 1 << 20

# Of a line that cannot be read, so much is kept beside the reason.
LINE_KEPT_BYTES = 2000

# Lines of one table that are no rows. Where there are more, the file is not what its name says, or is damaged throughout.
BROKEN_LINES = 200_000

# A group of rows in the typed files. Larger ones are a little smaller on disk and need more memory to write.
GROUP_ROWS = 1 << 17
GROUP_BYTES = 8 << 20

# Rows of Parquet, workbooks and databases that are handled at once.
BATCH_ROWS = 1 << 16

# A row id is the submission times this, plus the number of the row: NHS England pads the number to nine digits.
ROWS_PER_SUBMISSION = 10**9

# No table has more than thirty columns. An extract adds derived ones: the referral table of NHS England has some 150.
COLUMNS = 1000

# A workbook is read into memory whole, and unpacks to a multiple of its size. Excel itself ends at 1,048,576 rows.
WORKBOOK_BYTES = 64 << 20
WORKBOOK_UNPACKED_BYTES = 512 << 20

# A submission a month for fifty providers over ten years, with all tables, is 126,000 files.
FILES = 200_000

# Rows of a header table: one for each submission of an extract.
HEADER_ROWS = 100_000
