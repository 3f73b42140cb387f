using WorkflowStudio.Engine.Practice.Invoices;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Architecture;

public sealed class ArchitectureTests
{
    private static readonly Lazy<Dictionary<string, IReadOnlySet<string>>> Ours = new(() =>
        TypeReferences.Of(typeof(Program).Assembly.Location)
            .Concat(TypeReferences.Of(typeof(Engine.Model.WorkflowDefinition).Assembly.Location))
            .GroupBy(t => t.Key).ToDictionary(g => g.Key, IReadOnlySet<string> (g) => g.SelectMany(t => t.Value).ToHashSet()));

    private static IEnumerable<Arrow> Every =>
    [
        .. Arrows.All, .. Arrows.BetweenDialects(Ours.Value.Keys), .. Arrows.BetweenStepTypes(Ours.Value.Keys),
        .. Arrows.InThePractice(Ours.Value),
    ];

    public static TheoryData<string> Rules => [.. Every.Select(a => a.Name)];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Arrow_Holds(string name)
    {
        var arrow = Every.Single(a => a.Name == name);
        Assert.Empty(arrow.Broken(Ours.Value).Order());
    }

    [Fact]
    public void WhatThePracticeKeeps_IsToldFromWhatItTells()
    {
        var kept = Arrows.InThePractice(Ours.Value).Single(a => a.From.Contains("WorkflowStudio.Engine.Nodes")).Never;
        Type[] keeps = [typeof(InvoiceRow), typeof(InvoiceLedger), typeof(InvoiceQueries), typeof(InvoiceTables)];
        Assert.All(keeps, t => Assert.Contains(t.FullName, kept));
        Assert.All([typeof(IInvoicing), typeof(InvoiceView), typeof(InvoiceRules)], t => Assert.DoesNotContain(t.FullName, kept));
    }

    [Theory]
    [InlineData(typeof(Violations.InAField), "System.Net.Mail.SmtpClient")]
    [InlineData(typeof(Violations.InABody), "System.Net.Http.HttpClient::.ctor")]
    [InlineData(typeof(Violations.InAClosure), "Microsoft.EntityFrameworkCore.DbContext")]
    [InlineData(typeof(Violations.InAStateMachine), "Microsoft.EntityFrameworkCore.DbContext")]
    [InlineData(typeof(Violations.AsATypeArgument), "Microsoft.EntityFrameworkCore.DbContext")]
    public void Arrow_BrokenOnPurpose_IsFound(Type violation, string mentioned)
    {
        var arrow = new Arrow("Deliberate", [violation.FullName!.Split('+')[0]], [mentioned], [], []);
        var references = TypeReferences.Of(typeof(ArchitectureTests).Assembly.Location);
        Assert.Contains($"Deliberate: {violation.FullName} mentions {mentioned}", arrow.Broken(references));
    }

    [Theory]
    [InlineData("A.B", true)]
    [InlineData("A.B.C", true)]
    [InlineData("A.B::Member", true)]
    [InlineData("A.Bc", false)]
    public void Arrow_Beginnings_EndAtAName(string mentioned, bool broken)
    {
        var references = new Dictionary<string, IReadOnlySet<string>> { ["X.Y"] = new HashSet<string> { mentioned } };
        Assert.Equal(broken, new Arrow("Rule", ["X"], ["A.B"], [], []).Broken(references).Any());
    }

    [Fact]
    public void Files_HaveAtMost400Lines()
    {
        var large = SourceFiles.All.Select(f => (f.Name, Lines: File.ReadLines(f.Path).Count())).Where(f => f.Lines > 400);
        Assert.Empty(large);
    }

    [Fact]
    public void Components_CodeBesideTheirMarkup_HasAtMost30Lines()
    {
        var large = Directory.EnumerateFiles(Path.Combine(Repository.Root, "WorkflowStudio", "Components"), "*.razor",
            SearchOption.AllDirectories)
            .Select(f => (File: Path.GetRelativePath(Repository.Root, f), Lines: LinesOfCode(File.ReadAllLines(f))))
            .Where(f => f.Lines > 30);
        Assert.Empty(large);
    }

    // from the block's beginning to its brace at the margin, these two not counted
    private static int LinesOfCode(string[] lines)
    {
        var begin = Array.FindIndex(lines, l => l.StartsWith("@code", StringComparison.Ordinal));
        return begin < 0 ? 0 : Array.FindIndex(lines, begin, l => l == "}") - begin - 1;
    }
}
