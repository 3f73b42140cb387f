using Microsoft.EntityFrameworkCore;

namespace WorkflowStudio.Engine.Storage;

/// <summary>
/// Compares tables with what the rows say. The migrations alone do not tell: before the first release the one migration was made anew again
/// and again under the same name, so a database of those days claims to be up to date.
/// </summary>
internal static class TableShape
{
    /// <summary>The first table, column or index that is missing; null when none is.</summary>
    /// <param name="db">A context over tables that are said to be up to date.</param>
    /// <param name="names">A query for tables with their columns and indexes: two texts a row.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<string?> MissingAsync(DbContext db, string names, CancellationToken cancellationToken)
    {
        var there = await ReadAsync(db, names, cancellationToken);
        foreach (var table in db.Model.GetRelationalModel().Tables)
        {
            if (!there.TryGetValue(table.Name, out var parts)) return $"the table {table.Name} is missing";
            if (table.Columns.Select(c => c.Name).FirstOrDefault(c => !parts.Contains(c)) is { } column)
                return $"{table.Name} has no {column}";
            if (table.Indexes.Select(i => i.Name).FirstOrDefault(i => !parts.Contains(i)) is { } index)
                return $"{table.Name} has no index {index}";
        }

        return null;
    }

    private static async Task<Dictionary<string, HashSet<string>>> ReadAsync(
        DbContext db, string names, CancellationToken cancellationToken)
    {
        var there = new Dictionary<string, HashSet<string>>();
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = names;
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                if (!there.TryGetValue(reader.GetString(0), out var parts)) there[reader.GetString(0)] = parts = [];
                parts.Add(reader.GetString(1));
            }
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }

        return there;
    }
}
