using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using WorkflowStudio.Engine.Storage;

namespace WorkflowStudio.Tests.Support;

/// <summary>Contexts that remember how the database means to answer each query they are asked.</summary>
internal sealed partial class QueryPlans : DbCommandInterceptor, IDbContextFactory<StudioDbContext>
{
    private readonly DbContextOptions<StudioDbContext> options;

    public QueryPlans(Action<DbContextOptionsBuilder> reading)
    {
        var builder = new DbContextOptionsBuilder<StudioDbContext>();
        reading(builder);
        options = builder.AddInterceptors(this).Options;
    }

    /// <summary>The queries with the lines of their plans.</summary>
    public List<(string Sql, IReadOnlyList<string> Plan)> Seen { get; } = [];

    public StudioDbContext CreateDbContext() => new(options);

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData,
        InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Seen.Add((command.CommandText, Explain(command)));
        return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
    }

    /// <summary>The lines of a plan that read a whole table or index of those named, however many rows it has.</summary>
    public static IEnumerable<string> Scans(string sql, IReadOnlyList<string> plan, IReadOnlyCollection<string> large)
    {
        var names = large.ToHashSet();
        foreach (Match alias in Alias().Matches(sql))
            if (large.Contains(alias.Groups[1].Value)) names.Add(alias.Groups[2].Value);
        return plan.Where(line => line.StartsWith("SCAN ", StringComparison.Ordinal) && names.Contains(line.Split(' ')[1]));
    }

    /// <summary>How a command would be answered.</summary>
    public static IReadOnlyList<string> Explain(DbCommand command)
    {
        using var explain = command.Connection!.CreateCommand();
        explain.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
        explain.Transaction = command.Transaction;
        foreach (DbParameter parameter in command.Parameters)
        {
            var copy = explain.CreateParameter();
            (copy.ParameterName, copy.Value) = (parameter.ParameterName, parameter.Value);
            explain.Parameters.Add(copy);
        }

        using var reader = explain.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read()) lines.Add(reader.GetString(3));
        return lines;
    }

    [GeneratedRegex("""(?:FROM|JOIN) "?(\w+)"? (?:AS )?"?(\w+)"?""")]
    private static partial Regex Alias();
}
