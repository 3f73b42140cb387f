using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage.Writing;

namespace WorkflowStudio.Engine.Storage.Journal.Statements;

/// <summary>What is to be told elsewhere.</summary>
internal sealed class DeliveryStatements(StatementSet set)
{
    // a run does not know what its workflow is called
    private readonly Statement insert = set.Prepare("""
        INSERT INTO webhook_deliveries ("Id","EndpointId","WorkspaceId","Environment","Dialect","Event","WorkflowId","WorkflowName","RunId",
        "Facts","State","Tries","NextTryAt","CreatedAt")
        VALUES (@p0,@p1,@p2,@p3,@p4,@p5,@p6,COALESCE(@p7,(SELECT "Name" FROM workflows WHERE "Id"=@p6),''),@p8,@p9,@p10,0,@p11,@p12)
        """, "bbbiisbsbsill");

    private readonly Statement listening = set.Prepare("""
        SELECT "Id","WorkflowId","Dialect","Events" FROM webhook_endpoints WHERE "WorkspaceId"=@p0 AND "Environment"=@p1 AND "IsOn"
        ORDER BY "Id"
        """, "bi");

    private readonly Statement hidden = set.Prepare("""
        SELECT "Id" FROM workflows WHERE "WorkspaceId"=@p0 AND "Visibility" <> 1
        """, "b");

    /// <summary>The workflows of a workspace that not everybody there sees.</summary>
    public IReadOnlyList<Guid> Hidden(Guid workspaceId) => hidden.Rows(r => SqlId.Read(r, 0), SqlId.Of(workspaceId));

    /// <summary>The endpoints that are on: their ids, the only workflow they hear of, dialect and events as they are stored.</summary>
    public IReadOnlyList<T> Listening<T>(Tenant tenant, Func<Guid, Guid?, int, int, T> make) => listening.Rows(
        r => make(SqlId.Read(r, 0), r.IsDBNull(1) ? null : SqlId.Read(r, 1), r.GetInt32(2), r.GetInt32(3)),
        SqlId.Of(tenant.WorkspaceId), (int)tenant.Environment);

    public void Insert(in DeliveryInsert d) => insert.Execute(
        SqlId.Of(d.Id), SqlId.Of(d.EndpointId), SqlId.Of(d.Tenant.WorkspaceId), (int)d.Tenant.Environment, d.Dialect, d.Event,
        SqlId.Of(d.WorkflowId), d.WorkflowName, d.RunId is { } run ? SqlId.Of(run) : null, d.Facts, d.State,
        d.NextTryAt?.ToUnixTimeMilliseconds(), d.At.ToUnixTimeMilliseconds());
}

/// <summary>A delivery as it is written first.</summary>
/// <param name="Id">Its id.</param>
/// <param name="EndpointId">To whom.</param>
/// <param name="Tenant">Whose.</param>
/// <param name="Dialect">In whose words, as it is stored.</param>
/// <param name="Event">What happened, in those words.</param>
/// <param name="WorkflowId">What it is about.</param>
/// <param name="WorkflowName">What that is called; null to look it up.</param>
/// <param name="RunId">The run; null for the workflow itself.</param>
/// <param name="Facts">The rest, as JSON.</param>
/// <param name="State">The state, as it is stored.</param>
/// <param name="NextTryAt">When it is tried; null for never.</param>
/// <param name="At">When it happened.</param>
internal readonly record struct DeliveryInsert(
    Guid Id, Guid EndpointId, Tenant Tenant, int Dialect, string Event, Guid WorkflowId, string? WorkflowName, Guid? RunId, string Facts,
    int State, DateTimeOffset? NextTryAt, DateTimeOffset At);
