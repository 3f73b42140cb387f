using WorkflowStudio.Engine.Runtime.Answers;
using WorkflowStudio.Engine.Storage.Writing;

namespace WorkflowStudio.Engine.Storage.Journal.Statements;

/// <summary>Answers that are given again to a repeated request.</summary>
internal sealed class AnswerStatements(StatementSet set)
{
    private readonly Statement insert = set.Prepare("""
        INSERT INTO idempotency ("WorkspaceId","Environment","Method","Path","Key","BodyHash","Status","Location","Body","CreatedAt")
        VALUES (@p0,@p1,@p2,@p3,@p4,@p5,@p6,@p7,@p8,@p9)
        """, "bisssbissl");

    public void Insert(KeptAnswer a) => insert.Execute(
        SqlId.Of(a.Tenant.WorkspaceId), (int)a.Tenant.Environment, a.Method, a.Path, a.Key, a.BodyHash, a.Status, a.Location, a.Body,
        a.CreatedAt.ToUnixTimeMilliseconds());
}
