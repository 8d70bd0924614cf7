"""Code lists as data: what each code of the record means, and in which version of the data set it is legal."""

from caseness.codes.model import Code, CodeList
from caseness.codes.reading import code_list, code_lists, read_code_lists

__all__ = ["Code", "CodeList", "code_list", "code_lists", "read_code_lists"]
