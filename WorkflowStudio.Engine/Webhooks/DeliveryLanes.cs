using System.Data.Common;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Journal;
using WorkflowStudio.Engine.Storage.Writing;

namespace WorkflowStudio.Engine.Webhooks;

/// <summary>
/// The endpoints to which something is to be sent. It costs two steps in an index for each, however many deliveries an endpoint has piled
/// up: a dead one hides nobody.
/// </summary>
internal sealed class DeliveryLanes(StudioDatabase database)
{
    internal const string Sql = """
        WITH RECURSIVE lanes(endpoint) AS (
          SELECT * FROM (SELECT "EndpointId" FROM webhook_deliveries WHERE "NextTryAt" IS NOT NULL ORDER BY "EndpointId" LIMIT 1) head
          UNION ALL
          SELECT (SELECT d."EndpointId" FROM webhook_deliveries d WHERE d."NextTryAt" IS NOT NULL AND d."EndpointId">lanes.endpoint
            ORDER BY d."EndpointId" LIMIT 1)
          FROM lanes WHERE lanes.endpoint IS NOT NULL)
        SELECT endpoint, (SELECT d."NextTryAt" FROM webhook_deliveries d WHERE d."EndpointId"=endpoint AND d."NextTryAt" IS NOT NULL
          ORDER BY d."NextTryAt" LIMIT 1), e."WorkspaceId", e."FailingSince" IS NOT NULL
        FROM lanes LEFT JOIN webhook_endpoints e ON e."Id"=endpoint WHERE endpoint IS NOT NULL
        """;

    /// <summary>All of them, whose turn comes first first.</summary>
    public async Task<IReadOnlyList<DeliveryLane>> AllAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var command = JournalReading.Command(connection, Sql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var lanes = new List<DeliveryLane>();
        while (await reader.ReadAsync(cancellationToken))
            if (!reader.IsDBNull(1)) lanes.Add(Lane(reader));
        return [.. lanes.OrderBy(l => l.DueAt)];
    }

    private static DeliveryLane Lane(DbDataReader reader) => new(
        SqlId.Read(reader, 0), DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(1)),
        reader.IsDBNull(2) ? null : SqlId.Read(reader, 2), reader.GetBoolean(3));
}

/// <summary>An endpoint to which something is to be sent.</summary>
/// <param name="EndpointId">The endpoint.</param>
/// <param name="DueAt">When the first of it is to be sent.</param>
/// <param name="WorkspaceId">Whose it is; null when it is gone.</param>
/// <param name="IsFailing">Whether the last try failed.</param>
internal sealed record DeliveryLane(Guid EndpointId, DateTimeOffset DueAt, Guid? WorkspaceId, bool IsFailing);
