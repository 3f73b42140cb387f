using System.Collections.Frozen;

namespace WorkflowStudio.Engine.Expressions.Functions;

/// <summary>All functions of the language, group by group.</summary>
public static class FunctionCatalog
{
    /// <summary>All functions in the order of the docs.</summary>
    public static IReadOnlyList<ExpressionFunction> All { get; } =
    [
        .. In("Text", TextFunctions.All), .. In("Text", PatternFunctions.All), .. In("Number", NumberFunctions.All),
        .. In("Money", MoneyFunctions.All),
        .. In("Date", DateFunctions.All), .. In("Business days", BusinessFunctions.All), .. In("List", ListFunctions.All),
        .. In("List with a lambda", LambdaFunctions.All),
        .. In("Object", ObjectFunctions.All), .. In("Value", ValueFunctions.All), .. In("JSON", JsonFunctions.All),
        .. In("Hash", HashFunctions.All),
        .. In("URL", UrlFunctions.All), .. In("Phone", PhoneFunctions.All),
    ];

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(f => f.Name)];

    /// <summary>The names of those that take a lambda, for messages.</summary>
    internal static string WithLambdas { get; } = string.Join(", ", All.Where(f => f.LambdaNames > 0).Select(f => f.Name));

    private static FrozenDictionary<string, ExpressionFunction> ByName { get; } = All.ToFrozenDictionary(
        f => f.Name, StringComparer.Ordinal);

    /// <summary>The function of this name, or null.</summary>
    public static ExpressionFunction? Find(string name) => ByName.GetValueOrDefault(name);

    private static IEnumerable<ExpressionFunction> In(string group, IEnumerable<ExpressionFunction> functions) =>
        functions.Select(f => f with { Group = group });
}
