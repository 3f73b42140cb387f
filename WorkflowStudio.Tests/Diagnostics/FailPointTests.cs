using System.Text.RegularExpressions;
using WorkflowStudio.Engine.Diagnostics;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Diagnostics;

public sealed partial class FailPointTests
{
    [Fact]
    public void Docs_ListEveryPointAndWhatItProves()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations.md"));
        var section = page[page.IndexOf("## Fail points", StringComparison.Ordinal)..];
        var listed = Row().Matches(section[..section.IndexOf("\n## ", 3, StringComparison.Ordinal)])
            .ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);

        Assert.Equal(FailPoint.All.OrderBy(p => p.Key), listed.OrderBy(p => p.Key));
    }

    [Fact]
    public void Harness_ReachesEveryPointOrSaysWhyNot()
    {
        var source = File.ReadAllText(Path.Combine(Repository.Root, "WorkflowStudio.E2E", "Crash", "CrashPoints.cs"));

        Assert.Equal(FailPoint.All.Keys.Order(), Name().Matches(source).Select(m => m.Groups[1].Value).Order());
    }

    [Fact]
    public void Code_PassesEveryPoint()
    {
        var code = Directory.EnumerateFiles(Path.Combine(Repository.Root, "WorkflowStudio.Engine"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                && Path.GetFileName(f) != "FailPoint.cs")
            .Select(File.ReadAllText).ToList();
        var passed = typeof(FailPoint).GetFields().Where(f => code.Exists(c => c.Contains($"FailPoint.{f.Name}", StringComparison.Ordinal)))
            .Select(f => (string)f.GetRawConstantValue()!);

        Assert.Equal(FailPoint.All.Keys.Order(), passed.Order());
    }

    [Theory]
    [InlineData("before_commit")]
    [InlineData("before_commit:0")]
    [InlineData("before_commit:-1")]
    [InlineData("before_step::1")]
    [InlineData("before_step:a:b")]
    [InlineData("nowhere:1")]
    [InlineData(":1")]
    public void Arm_WhatNamesNoPoint_IsRefused(string setting) => Assert.False(FailPoints.Arm(setting));

    [GeneratedRegex(@"^\| `([a-z_]+)` \| (.+?) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"[(\[]""([a-z_]+)""[,\]]")]
    private static partial Regex Name();
}
