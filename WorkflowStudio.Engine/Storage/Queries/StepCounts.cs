using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace WorkflowStudio.Engine.Storage.Queries;

/// <summary>How many steps versions have, for "4 of 6 steps". Versions never change, so what was counted once is kept.</summary>
public sealed class StepCounts(IDbContextFactory<StudioDbContext> contexts)
{
    private readonly ConcurrentDictionary<long, int> known = new();

    /// <summary>The number of steps by the serial of the version.</summary>
    public async Task<IReadOnlyDictionary<long, int>> OfAsync(IEnumerable<long> serials, CancellationToken cancellationToken)
    {
        var wanted = serials.Distinct().ToList();
        var missing = wanted.Where(s => !known.ContainsKey(s)).ToList();
        if (missing.Count > 0)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var versions = await db.Versions.AsNoTracking().Where(v => missing.Contains(v.Serial))
                .Select(v => new { v.Serial, v.Definition }).ToListAsync(cancellationToken);
            foreach (var version in versions) known[version.Serial] = CountIn(version.Definition);
        }

        return wanted.ToDictionary(s => s, s => known.GetValueOrDefault(s));
    }

    private static int CountIn(string definition)
    {
        using var document = JsonDocument.Parse(definition);
        return document.RootElement.TryGetProperty("nodes", out var nodes) && nodes.ValueKind == JsonValueKind.Array
            ? nodes.GetArrayLength()
            : 0;
    }
}
