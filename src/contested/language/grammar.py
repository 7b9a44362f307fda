"""The formula language: text to an expression whose names are not yet resolved, and then resolved.

Python's own parser gives precedence and nothing else: the text has passed `tokens.scan`, and of the tree
only the forms listed here are taken.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

from contested.language import formula
from contested.language.formula import Number
from contested.language.tokens import FUNCTIONS, RESERVED, SyntaxFault, scan

__all__ = [
    "RESERVED",
    "Expression",
    "Name",
    "Operation",
    "SyntaxFault",
    "compute",
    "names",
    "parse",
    "substitute",
]

_DEEPEST = 100
_ARITHMETIC: dict[type[ast.operator], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**",
}  # fmt: skip
_COMPARISON: dict[type[ast.cmpop], str] = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}
_LOGICAL = {"<", "<=", ">", ">=", "and", "or", "not"}  # operators whose result is true or false


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written: one part, or two joined by a dot (a figure and its source)."""

    parts: tuple[str, ...]
    column: int

    def __str__(self) -> str:
        return ".".join(self.parts)


@dataclass(frozen=True, slots=True)
class Operation:
    """An operator or function on operands whose names are not resolved; else as `formula.Operation`."""

    operator: str
    operands: tuple[Expression, ...]
    column: int


Expression = Number | Name | Operation


def parse(text: str, *, question: bool = False) -> Expression:
    """Read a formula.

    Operators of two operands stay binary: `a < b <= c` is `and` of two comparisons, `a and b and c` is
    `and` of an `and`. Only min and max take more. Parts without names are computed here, so a constant
    is always one Number.

    Parameters
    ----------
    text : str
        The formula, perhaps over several lines.
    question : bool
        Whether it must be true or false (and may compare); otherwise it must be a number.

    Raises
    ------
    SyntaxFault
        With the column, from 0, of what is at fault. Nothing else is raised, whatever the text.
    """
    scan(text, question=question)
    reader = _Reader(text)
    expression = reader.read(_python_tree(text))
    if _depth(expression) > _DEEPEST:
        raise SyntaxFault(f"operations nested deeper than {_DEEPEST}: state parts of it by name", 0)
    if question:
        _require_truth(expression)
    else:
        _require_number(expression)
    return expression


def substitute(expression: Expression, resolve: Callable[[Name], formula.Reference]) -> formula.Expression:
    """The same expression with every name resolved, in reading order."""
    match expression:
        case Number():
            return expression
        case Name():
            return resolve(expression)
        case Operation(operator, operands, column):
            resolved = tuple(substitute(operand, resolve) for operand in operands)
            return formula.Operation(operator, resolved, column)


def names(expression: Expression) -> Iterator[Name]:
    """The names in an expression, in reading order."""
    if isinstance(expression, Name):
        yield expression
    elif isinstance(expression, Operation):
        for operand in expression.operands:
            yield from names(operand)


def compute(operator: str, operands: Sequence[float]) -> float:
    """Apply an arithmetic operator or function to floats.

    Raises
    ------
    ValueError, OverflowError, ZeroDivisionError
        Where there is no finite real value.
    """
    value = _APPLY[operator](*operands)
    if not math.isfinite(value):
        raise OverflowError("not finite")
    return value


_APPLY: dict[str, Callable[..., float]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "**": math.pow,
    "neg": lambda a: -a,
    "min": min,
    "max": max,
    "abs": abs,
    "exp": math.exp,
    "log": math.log,
    "sqrt": math.sqrt,
}


def _python_tree(text: str) -> ast.expr:
    """Python's tree of a scanned text: on one line, from column 0, so that offsets hold."""
    line = "(" + text.translate({ord(blank): " " for blank in "\t\r\n"}) + ")"
    try:
        tree = ast.parse(line, mode="eval").body
    except SyntaxError as error:
        raise SyntaxFault("does not read as a formula here", max((error.offset or 2) - 2, 0)) from None
    except (MemoryError, RecursionError, ValueError):
        raise SyntaxFault("nested too deeply to be read", 0) from None
    _check_depth(tree)
    return tree


def _check_depth(tree: ast.expr) -> None:
    level: list[ast.AST] = [tree]
    for _ in range(_DEEPEST + 1):  # an attribute or a called name is one deeper than its operation
        level = [
            child for node in level for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)
        ]
        if not level:
            return
    column = min(getattr(node, "col_offset", 1) for node in level) - 1
    raise SyntaxFault(f"operations nested deeper than {_DEEPEST}: state parts of it by name", column)


def _depth(expression: Expression) -> int:
    level, depth = [expression], 0
    while level:
        level = [part for node in level if isinstance(node, Operation) for part in node.operands]
        depth += 1
    return depth


class _Reader:
    """From Python's tree to ours; columns are those of the text, without the added parenthesis."""

    def __init__(self, text: str) -> None:
        self.text = text

    def read(self, node: ast.expr) -> Expression:
        column = node.col_offset - 1
        match node:
            case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
                return Number(float(value), column)
            case ast.Name() | ast.Attribute():
                return self.name(node)
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _ARITHMETIC:
                return self.arithmetic(_ARITHMETIC[type(op)], [left, right], self.between(left))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return self.arithmetic("neg", [operand], column)
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return _require_number(self.read(operand))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return Operation("not", (_require_truth(self.read(operand)),), column)
            case ast.BoolOp(op=op, values=values):
                return self.logical("and" if isinstance(op, ast.And) else "or", values)
            case ast.Compare():
                return self.comparison(node)
            case ast.Call():
                return self.call(node)
            case ast.Tuple(elts=[_, second, *_]):
                raise SyntaxFault("a comma belongs only inside min(…) and max(…)", second.col_offset - 1)
        raise SyntaxFault("does not read as a formula here", max(column, 0))

    def between(self, left: ast.expr) -> int:
        """The column of the operator after an operand, past the parentheses that close it."""
        place = (left.end_col_offset or 0) - 1
        while self.text[place] in ") \t\r\n":
            place += 1
        return place

    def name(self, node: ast.expr) -> Name:
        column = node.col_offset - 1
        match node:
            case ast.Name(id=name):
                parts: tuple[str, ...] = (name,)
            case ast.Attribute(value=ast.Name(id=name), attr=source):
                parts = (name, source)
            case ast.Attribute(value=ast.Attribute()):
                raise SyntaxFault("a name has at most one dot: figure.source", column)
            case _:
                raise SyntaxFault("a dot stands only between a figure and its source", column)
        for part in parts:
            if part in FUNCTIONS:
                raise SyntaxFault(f"'{part}' is a function: write {part}(…)", column)
        return Name(parts, column)

    def arithmetic(self, operator: str, operands: list[ast.expr], column: int) -> Expression:
        return _computed(operator, tuple(_require_number(self.read(operand)) for operand in operands), column)

    def logical(self, operator: str, values: list[ast.expr]) -> Expression:
        columns = [self.between(value) for value in values[:-1]]
        first, *rest = (_require_truth(self.read(value)) for value in values)
        joined = zip(rest, columns, strict=True)
        return reduce(lambda left, right: Operation(operator, (left, right[0]), right[1]), joined, first)

    def comparison(self, node: ast.Compare) -> Expression:
        sides = [node.left, *node.comparators]
        operands = [_require_number(self.read(side)) for side in sides]
        pairs: list[Expression] = [
            Operation(_COMPARISON[type(op)], (operands[i], operands[i + 1]), self.between(sides[i]))
            for i, op in enumerate(node.ops)
        ]
        return reduce(lambda left, right: Operation("and", (left, right), right.column), pairs)

    def call(self, node: ast.Call) -> Expression:
        column = node.col_offset - 1
        if not isinstance(node.func, ast.Name) or node.func.id not in FUNCTIONS:
            called = ast.unparse(node.func) if isinstance(node.func, ast.Name | ast.Attribute) else "this"
            raise SyntaxFault(f"'{called}' is not a function; there are {', '.join(FUNCTIONS)}", column)
        name, arity = node.func.id, FUNCTIONS[node.func.id]
        found = len(node.args)
        if found < 2 if arity is None else found != arity:
            wanted = "two or more numbers" if arity is None else "one number"
            raise SyntaxFault(f"{name} takes {wanted} (got {found})", column)
        return self.arithmetic(name, node.args, column)


def _computed(operator: str, operands: tuple[Expression, ...], column: int) -> Expression:
    """The operation, or its value where every operand is a constant; no constant divisor is 0."""
    if operator == "/" and operands[1] == Number(0.0):
        raise SyntaxFault("a division by zero", column)
    values = [operand.value for operand in operands if isinstance(operand, Number)]
    if len(values) < len(operands):
        return Operation(operator, operands, column)
    try:
        return Number(compute(operator, values), column)
    except OverflowError:
        raise SyntaxFault(f"'{operator}' of these constants is too large to be computed", column) from None
    except ValueError:
        raise SyntaxFault(f"'{operator}' of these constants has no value", column) from None


def _is_truth(expression: Expression) -> bool:
    return isinstance(expression, Operation) and expression.operator in _LOGICAL


def _require_number(expression: Expression) -> Expression:
    if _is_truth(expression):
        raise SyntaxFault("a number is wanted here, not something true or false", expression.column)
    return expression


def _require_truth(expression: Expression) -> Expression:
    if not _is_truth(expression):
        raise SyntaxFault("must be true or false: compare it, as in x > 0", expression.column)
    return expression
