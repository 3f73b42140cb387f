using WorkflowStudio.Engine.Expressions.Types;
using WorkflowStudio.Engine.Expressions.Values;
using static WorkflowStudio.Engine.Expressions.Functions.Takes;

namespace WorkflowStudio.Engine.Expressions.Functions;

/// <summary>Functions that ask a lambda of every item. They go over what they are given and nothing else, so they end.</summary>
internal static class LambdaFunctions
{
    public static ExpressionFunction[] All { get; } =
    [
        Each("map", "What the lambda gives for every item.", Lambda("what", "x => x.price"), ExpressionType.List,
            "map([1, 2], x => x * 10)", Map, given => ExpressionType.ListOf(given[1])) with
        { GivesOfLambda = true },
        Each("filter", "The items for which the lambda says yes.", Lambda("which", "x => x.price > 100"), ExpressionType.List,
            "filter([1, 2, 3], x => x > 1)", Filter, ListFunctions.Same),
        Each("find", "The first item for which the lambda says yes; null when there is none.", Lambda("which", "x => x.id == 7"),
            ExpressionType.Any, "find([1, 2, 3], x => x > 1)", Find, ListFunctions.ItemOf),
        Each("any", "Whether the lambda says yes for at least one item; without a lambda, whether there is one.",
            Lambda("which", "x => x.price > 100").Optional(), ExpressionType.Boolean, "any([1, 2], x => x > 1)", AnyOf),
        Each("all", "Whether the lambda says yes for every item; yes for an empty list.", Lambda("which", "x => x.paid"),
            ExpressionType.Boolean, "all([1, 2], x => x > 1)", AllOf),
        Each("count", "How many items there are, or for how many the lambda says yes.", Lambda("which", "x => x.paid").Optional(),
            ExpressionType.Number, "count([1, 2, 3], x => x > 1)", Count) with
        { ClearsSecret = true },
        Each("sum", "The sum of the items, or of what the lambda gives for them; 0 for an empty list.",
            Lambda("what", "x => x.price").Optional(), ExpressionType.Number, "sum([{price: 1.5}, {price: 2}], x => x.price)", Sum) with
        { GivesOfLambda = true },
        Each("average", "The average of the items, or of what the lambda gives for them; null for an empty list.",
            Lambda("what", "x => x.price").Optional(), ExpressionType.Number, "average([1, 2])", Average) with
        { GivesOfLambda = true },
        Each("sort", "The items in ascending order, of themselves or of what the lambda gives for them; equal ones keep their order.",
            Lambda("by", "x => x.price").Optional(), ExpressionType.List, "sort([3, 1, 2], x => -x)", a => Sort(a, 1), ListFunctions.Same),
        Each("sort_desc", "The items in descending order, of themselves or of what the lambda gives for them; equal ones keep their order.",
            Lambda("by", "x => x.price").Optional(), ExpressionType.List, "sort_desc([3, 1, 2])", a => Sort(a, -1), ListFunctions.Same),
        Each("group_by", "The items in an object of lists, by the text that the lambda gives for them.", Lambda("by", "x => x.status"),
            ExpressionType.Object, "group_by([1, 2, 3], x => x > 1 ? \"many\" : \"one\")", GroupBy,
            given => ExpressionType.Object with { Items = ListFunctions.Same(given), IsSecret = given[0].IsSecret }),
        new("reduce", "One value of all items: begins with the second argument, and becomes what the lambda gives for the value so "
            + "far and the next item.", [List("list"), Any("start"), Lambda("step", "(so_far, x) => so_far + x")], ExpressionType.Any,
            "reduce([1, 2, 3], 0, (so_far, x) => so_far + x)")
        {
            Body = Reduce, LambdaNames = 3, LambdaTypes = given => [given[1].Kind == TypeKind.Number ? given[1] : ExpressionType.Any,
                ListFunctions.ItemOf(given), ExpressionType.Number],
            Infer = given => ExpressionType.Join(given[1], given[2]),
        },
    ];

    private static ExpressionFunction Each(string name, string description, Parameter lambda, ExpressionType result, string example,
        Func<Arguments, Value> body, Func<IReadOnlyList<ExpressionType>, ExpressionType>? infer = null) =>
        new(name, description, [List("list"), lambda], result, example)
        { Body = body, LambdaNames = 2, LambdaTypes = given => [ListFunctions.ItemOf(given), ExpressionType.Number], Infer = infer };

    // the item and what the lambda gives for it; ends early, with the failure noted, when the evaluation does
    private static IEnumerable<(Value Item, Value Given)> Asked(Arguments a)
    {
        var index = 0;
        foreach (var item in a.Items(0))
        {
            if (!a.HasLambda(1)) yield return (item, item);
            else if (a.TryApply(1, out var given, item, Value.Of(index++))) yield return (item, given);
            else yield break;
        }
    }

    private static Value Map(Arguments a)
    {
        var (items, size) = (new List<Value>(a[0].Count), 0L);
        foreach (var (_, given) in Asked(a))
        {
            items.Add(given);
            if ((size += given.Size) > ExpressionLimits.MaxResultBytes) break; // refused as too large, before more is made
        }
        return Value.Of(items);
    }

    private static Value Filter(Arguments a) => Value.Of(Asked(a).Where(p => p.Given.CountsAsYes).Select(p => p.Item));

    private static Value Find(Arguments a) => Asked(a).FirstOrDefault(p => p.Given.CountsAsYes).Item;

    private static Value AnyOf(Arguments a) => Value.Of(a.HasLambda(1) ? Asked(a).Any(p => p.Given.CountsAsYes) : a[0].Count > 0);

    private static Value AllOf(Arguments a) => Value.Of(Asked(a).All(p => p.Given.CountsAsYes));

    private static Value Count(Arguments a) => Value.Of(a.HasLambda(1) ? Asked(a).Count(p => p.Given.CountsAsYes) : a[0].Count);

    private static Value Sum(Arguments a)
    {
        var sum = 0m;
        foreach (var (_, given) in Asked(a))
        {
            if (!given.TryNumber(out var number))
                return a.Fail($"{a.Call.Function.Name} needs numbers, but {ValueText.Shown(given)} was found.");
            try
            {
                sum += number;
            }
            catch (OverflowException)
            {
                return a.Fail("The sum is beyond the largest number, which has 28 digits.");
            }
        }
        return Value.Of(sum);
    }

    private static Value Average(Arguments a) =>
        a[0].Count == 0 ? Value.Null : Sum(a).TryNumber(out var sum) ? Value.Of(sum / a[0].Count) : Value.Null;

    private static Value Sort(Arguments a, int sign)
    {
        var keyed = Asked(a).ToList();
        if (a.Frame.Failure is not null) return Value.Null;
        if (keyed.Count == 0) return a[0];
        var first = keyed.Find(k => !k.Given.IsNull).Given;
        var odd = keyed.Find(k => !k.Given.IsNull && ValueOrder.Compare(first, k.Given) is null);
        if (!odd.Given.IsNull)
            return a.Fail($"{a.Call.Function.Name} compares numbers, texts or dates of one kind, but {ValueText.Shown(odd.Given)} was "
                + $"found beside {ValueText.Shown(first)}.");
        if (!a.Frame.Charge(keyed.Count * 2, a.Call.Position)) return Value.Null;
        var order = Comparer<Value>.Create((x, y) => (x.IsNull, y.IsNull) switch // what has no value comes last, either way
        {
            (true, true) => 0,
            (true, false) => 1,
            (false, true) => -1,
            _ => sign * (ValueOrder.Compare(x, y) ?? 0),
        });
        return Value.Of(keyed.OrderBy(k => k.Given, order).Select(k => k.Item));
    }

    private static Value GroupBy(Arguments a)
    {
        var groups = new OrderedDictionary<string, List<Value>>(StringComparer.Ordinal);
        foreach (var (item, given) in Asked(a))
        {
            if (given.Kind is ValueKind.List or ValueKind.Object)
                return a.Fail($"group_by needs a text for every item, but {ValueText.Shown(given)} was found.");
            var name = given.IsNull ? "" : ValueText.Of(given);
            if (!groups.TryGetValue(name, out var group)) groups[name] = group = [];
            group.Add(item);
        }
        return Value.Of(groups.Select(g => KeyValuePair.Create(g.Key, Value.Of(g.Value))));
    }

    private static Value Reduce(Arguments a)
    {
        var (soFar, index) = (a[1], 0);
        foreach (var item in a.Items(0))
        {
            if (!a.TryApply(2, out soFar, soFar, item, Value.Of(index++)) || !a.Frame.Keeps(soFar, a.Call.Position)) return Value.Null;
        }
        return soFar;
    }
}
