using WorkflowStudio.Engine.Expressions.Types;
using WorkflowStudio.Engine.Expressions.Values;
using static WorkflowStudio.Engine.Expressions.Functions.Takes;

namespace WorkflowStudio.Engine.Expressions.Functions;

/// <summary>Functions of lists without lambdas.</summary>
internal static class ListFunctions
{
    public static ExpressionFunction[] All { get; } =
    [
        new("first", "The first item; null for an empty list.", [List("list")], ExpressionType.Any, "first([3, 1, 2])")
        { Body = a => a[0].Count == 0 ? Value.Null : a[0].Item(0), Infer = ItemOf },
        new("last", "The last item; null for an empty list.", [List("list")], ExpressionType.Any, "last([3, 1, 2])")
        { Body = a => a[0].Count == 0 ? Value.Null : a[0].Item(a[0].Count - 1), Infer = ItemOf },
        new("at", "The item at a position from 0, or from the end with a minus; null when there is none.",
            [List("list"), Whole("position")], ExpressionType.Any, "at([3, 1, 2], -1)")
        { Body = At, Infer = ItemOf },
        new("slice", "The items from a position (from 0; negative counts from the end), so many or all the rest.",
            [List("list"), Whole("start"), Whole("count").Optional()], ExpressionType.List, "slice([3, 1, 2], 1)")
        { Body = Slice, Infer = Same },
        new("take", "The first so many items.", [List("list"), Whole("count")], ExpressionType.List, "take([3, 1, 2], 2)")
        { Body = a => a.Whole(1) < 0 ? a.Fail("take needs a count of 0 or more.") : Value.Of(a.Items(0).Take(a.Whole(1))), Infer = Same },
        new("reverse", "The items from the last to the first.", [List("list")], ExpressionType.List, "reverse([3, 1, 2])")
        { Body = a => Value.Of(a.Items(0).Reverse()), Infer = Same },
        new("unique", "The items, each once, in the order in which they come first.", [List("list")], ExpressionType.List,
            "unique([1, 2, 1])")
        { Body = Unique, Infer = Same },
        new("concat", "All texts as one, or the items of all lists as one list.", [Any("value").Many()], ExpressionType.Any,
            "concat([1], [2, 3])")
        { Body = Concat, Infer = Concatenated },
        new("flatten", "The items, and in place of lists their items; one level.", [List("list")], ExpressionType.List,
            "flatten([1, [2, 3]])")
        { Body = a => Value.Of(a.Items(0).SelectMany(i => i.Kind == ValueKind.List ? i.Items() : [i])) },
        new("compact", "The items that are not null and not an empty text.", [List("list")], ExpressionType.List,
            "compact([1, null, \"\"])")
        { Body = a => Value.Of(a.Items(0).Where(i => !i.IsNull && !(i.Kind == ValueKind.Text && !i.CountsAsYes))), Infer = Same },
        new("chunk", "The items in lists of so many.", [List("list"), Whole("size")], ExpressionType.ListOf(ExpressionType.List),
            "chunk([1, 2, 3], 2)")
        {
            Body = a => a.Whole(1) < 1
                ? a.Fail("chunk needs a size of 1 or more.")
                : Value.Of(a.Items(0).Chunk(a.Whole(1)).Select(c => Value.Of(c))),
        },
        new("join", "The items as one text, with a separator between them, a comma and a space when not given; null items are left out.", [
            List("list"), Text("separator").Optional(), Text("last").Optional(),
        ], ExpressionType.Text, "join([\"Mon\", \"Tue\", \"Wed\"], \", \", \" and \")")
        { Body = Join },
        new("index_of", "The position of an item in a list, or of a text in a text, from 0; -1 when it is not there.",
            [Any("in"), Any("what")], ExpressionType.Number, "index_of([3, 1, 2], 2)")
        { Body = IndexOf },
        new("contains", "Whether a list has an item, a text has a part, or an object has a field.", [Any("in"), Any("what")],
            ExpressionType.Boolean, "contains(\"skin rash\", \"rash\")")
        { Body = Contains },
    ];

    /// <summary>The type of the first argument's items.</summary>
    public static ExpressionType ItemOf(IReadOnlyList<ExpressionType> given) =>
        (given[0].Items ?? ExpressionType.Any) is var item && given[0].IsSecret ? item with { IsSecret = true } : item;

    /// <summary>The type of the first argument when it is a list.</summary>
    public static ExpressionType Same(IReadOnlyList<ExpressionType> given) =>
        given[0].Kind == TypeKind.List ? given[0] : ExpressionType.List with { IsSecret = given[0].IsSecret };

    /// <summary>The type of a list's items, or what several arguments have in common.</summary>
    public static ExpressionType ItemOrJoin(IReadOnlyList<ExpressionType> given) =>
        given is [{ Kind: TypeKind.List }] ? ItemOf(given) : given.Count == 1 ? ExpressionType.Any : given.Aggregate(ExpressionType.Join);

    private static ExpressionType Concatenated(IReadOnlyList<ExpressionType> given) => given.Aggregate(ExpressionType.Join) switch
    {
        { Kind: TypeKind.List } list => list,
        { Kind: TypeKind.Text or TypeKind.Date or TypeKind.Number or TypeKind.Boolean } text =>
            ExpressionType.Text with { IsSecret = text.IsSecret },
        var other => ExpressionType.Any with { IsSecret = other.IsSecret },
    };

    private static Value At(Arguments a)
    {
        var position = a.Whole(1) < 0 ? a[0].Count + a.Whole(1) : a.Whole(1);
        return position >= 0 && position < a[0].Count ? a[0].Item(position) : Value.Null;
    }

    private static Value Slice(Arguments a)
    {
        if (a.Whole(2) < 0) return a.Fail("slice needs a count of 0 or more.");
        var start = a.Whole(1) < 0 ? Math.Max(0, a[0].Count + a.Whole(1)) : a.Whole(1);
        return Value.Of(a.Items(0).Skip(start).Take(a.Whole(2, int.MaxValue)));
    }

    private static Value Unique(Arguments a) =>
        a.Frame.Charge(a[0].Size / 16, a.Call.Position) ? Value.Of(a.Items(0).Distinct(ValueEquality.Instance)) : Value.Null;

    private static Value Concat(Arguments a)
    {
        var given = Enumerable.Range(0, a.Count).Select(i => a[i]).ToList();
        if (given.TrueForAll(v => v.Kind == ValueKind.List)) return Value.Of(given.SelectMany(v => v.Items()));
        var odd = given.Find(v => v.Kind is ValueKind.Null or ValueKind.List or ValueKind.Object);
        if (given.Exists(v => v.Kind is ValueKind.Null or ValueKind.List or ValueKind.Object))
            return a.Fail($"concat puts texts together, or lists, but {ValueText.Shown(odd)} was found among them.");
        return given.Sum(v => (long)v.Size) > ExpressionLimits.MaxResultBytes
            ? TooLarge(a)
            : Value.Of(string.Concat(given.Select(ValueText.Of)));
    }

    private static Value Join(Arguments a)
    {
        var (between, texts) = (a.Has(1) ? a.Text(1) : ", ", a.Items(0).Where(i => !i.IsNull).Select(ValueText.Of).ToList());
        if (texts.Sum(t => (long)t.Length + between.Length) > ExpressionLimits.MaxResultBytes) return TooLarge(a);
        return Value.Of(
            a.Has(2) && texts.Count > 1 ? string.Join(between, texts[..^1]) + a.Text(2) + texts[^1] : string.Join(between, texts));
    }

    private static Value IndexOf(Arguments a) => (a[0].Kind, a[1].Kind) switch
    {
        (ValueKind.List, _) => Value.Of(Position(a)),
        (ValueKind.Text, ValueKind.Text) => Value.Of(a[0].Text().IndexOf(a[1].Text(), StringComparison.Ordinal)),
        _ => a.Fail($"index_of looks into a list or a text, but {ValueText.Shown(a[0])} was found."),
    };

    private static Value Contains(Arguments a) => (a[0].Kind, a[1].Kind) switch
    {
        (ValueKind.List, _) => Value.Of(Position(a) >= 0),
        (ValueKind.Text, ValueKind.Text or ValueKind.Number) =>
            Value.Of(a[0].Text().Contains(ValueText.Of(a[1]), StringComparison.Ordinal)),
        (ValueKind.Object, ValueKind.Text) => Value.Of(a[0].TryField(a[1].Text(), out _)),
        _ => a.Fail($"contains looks into a list, a text or an object, but {ValueText.Shown(a[0])} was asked for {ValueText.Shown(a[1])}."),
    };

    private static int Position(Arguments a)
    {
        var index = 0;
        foreach (var item in a.Items(0))
        {
            if (ValueOrder.AreEqual(item, a[1])) return index;
            index++;
        }
        return -1;
    }

    private static Value TooLarge(Arguments a) =>
        a.Fail(ExpressionProblemCodes.ResultTooLarge, "The value is larger than 1 MiB. Work on a part of the data.");
}
