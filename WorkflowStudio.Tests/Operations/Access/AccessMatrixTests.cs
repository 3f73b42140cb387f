using System.Reflection;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Access;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Operations.Access;

/// <summary>
/// The proof of access.md: every operation × role × visibility × (owner, granted at each level, other), asked of the whole app and held
/// against what access.md says, which <see cref="AccessRules"/> says a second time.
/// </summary>
[Collection(StudioAppTests.Name)]
public sealed class AccessMatrixTests(StudioApp app)
{
    // the questions themselves, and what writes for operations that have asked
    private static readonly Type[] Asking = [typeof(WorkflowAccess), typeof(RunAccess), typeof(Sharing), typeof(AuditTrail),
        typeof(InvitationMail)];

    [Fact]
    public void EveryOperation_HasARow()
    {
        var methods = typeof(Caller).Assembly.GetTypes()
            .Where(t => t is { IsClass: true, Namespace: not null } && !t.IsAbstract && !Asking.Contains(t)
                && t.Namespace.StartsWith("WorkflowStudio.Operations", StringComparison.Ordinal))
            .SelectMany(t => t.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
                .Where(m => !m.IsSpecialName && m.GetParameters() is [var first, ..] && first.ParameterType == typeof(Caller))
                .Where(m => typeof(System.Collections.IEnumerable).IsAssignableFrom(m.ReturnType) || m.ReturnType.IsGenericType
                    || m.ReturnType == typeof(Task))
                .Select(m => $"{t.Name}.{m.Name}"))
            .Distinct().Except(["RunLogStream.MayStayAsync"]).Order();
        Assert.Equal(methods, OperationRows.All.Select(r => r.Name).Order());
    }

    [Fact]
    public async Task EveryRow_IsAsAccessSays()
    {
        var world = await AccessWorld.MakeAsync(app);
        HeldRole[] roles = [.. BuiltInRoles.All.Select(HeldRole.Of), world.Custom];
        var wrong = new List<string>();
        var asked = 0;
        foreach (var row in OperationRows.All)
        {
            var cells =
                from role in roles
                from target in world.Targets
                from relation in Enum.GetValues<Relation>()
                select AskAsync(world, row, role, relation, target);
            foreach (var found in await Task.WhenAll(cells))
            {
                asked++;
                if (found is not null) wrong.Add(found);
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} of {asked}:\n{string.Join('\n', wrong.Take(40))}");
        Assert.True(asked > 5_000, $"Only {asked} were asked.");
    }

    // null where it is as it should be
    private static async Task<string?> AskAsync(AccessWorld world, OperationRow row, HeldRole role, Relation relation, Target of)
    {
        var caller = world.Caller(role, relation);
        var expected = Expected(row, role, relation, of.Visibility);
        var target = row.Deletes && expected.Kind == VerdictKind.Allowed ? await world.AddAsync(of.Visibility) : of;
        var (problem, found) = await row.Ask(world, caller, target);
        var got = problem switch
        {
            OperationProblem.Forbidden forbidden => new Verdict(VerdictKind.Forbidden, forbidden.Permission),
            OperationProblem.NotFound { What: not ("grant" or "member") } => new Verdict(VerdictKind.Unknown),
            _ when found is not null => new Verdict(found.Contains(target.Id) ? VerdictKind.Shown : VerdictKind.Absent),
            _ => new Verdict(VerdictKind.Allowed),
        };
        return got == expected ? null : $"{row.Name}: {caller.Name}, {of.Visibility}: {got}, not {expected}; {problem}";
    }

    private static Verdict Expected(OperationRow row, HeldRole role, Relation relation, WorkflowVisibility visibility)
    {
        if (row.AlsoNeeds is { } also && !AccessRules.Holds(role, also)) return LacksAlso(row, role, relation, visibility, also);
        return row switch
        {
            { Kind: RowKind.Workflow } => AccessRules.OnWorkflow(role, relation, visibility, row.Needs!, row.Deletes),
            { Needs: { } needs } when !AccessRules.Holds(role, needs) => new Verdict(VerdictKind.Forbidden, needs),
            { Kind: RowKind.List } =>
                new Verdict(AccessRules.Sees(role, relation, visibility) ? VerdictKind.Shown : VerdictKind.Absent),
            _ => new Verdict(VerdictKind.Allowed),
        };
    }

    // a copy is made of what can be read: there is no workflow comes before what the role lacks
    private static Verdict LacksAlso(OperationRow row, HeldRole role, Relation relation, WorkflowVisibility visibility, string also) =>
        row.Name.StartsWith("Duplicate", StringComparison.Ordinal) && !AccessRules.Sees(role, relation, visibility)
            ? new Verdict(VerdictKind.Unknown)
            : new Verdict(VerdictKind.Forbidden, also);
}
