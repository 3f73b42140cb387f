using WorkflowStudio.Engine.Nodes.Messaging;

namespace WorkflowStudio.Tests.Nodes.Messaging;

public sealed class ChoiceReaderTests
{
    private static readonly string[] Days = ["Tuesday 10:00", "Thursday 14:30", "None of them"];
    private static readonly string[] Renew = ["Yes", "No", "Let us talk"];

    [Theory]
    [InlineData("2", 1)]
    [InlineData("2.", 1)]
    [InlineData(" #2 please ", 1)]
    [InlineData("the second", 1)]
    [InlineData("The second one, thanks!", 1)]
    [InlineData("option b", 1)]
    [InlineData("number one", 0)]
    [InlineData("one", 0)]
    [InlineData("the last one", 2)]
    [InlineData("thursday", 1)]
    [InlineData("Thursday works best for me", 1)]
    [InlineData("thu", 1)]
    [InlineData("I'd take Tuesday", 0)]
    [InlineData("TUESDAY 10:00", 0)]
    [InlineData("14:30", 1)]
    [InlineData("none of them", 2)]
    [InlineData("el segundo", 1)]
    [InlineData("4", null)]
    [InlineData("0", null)]
    [InlineData("", null)]
    [InlineData("?!", null)]
    [InlineData("tuesday or thursday", null)]
    [InlineData("what do you mean", null)]
    [InlineData("1 or 2", null)]
    [InlineData("not thursday", null)]
    [InlineData("I can't do Thursday", null)]
    [InlineData("anything but Tuesday", null)]
    public void Read_ADay_FindsIt(string answer, int? expected) => Assert.Equal(expected, ChoiceReader.Read(answer, Days));

    [Theory]
    [InlineData("yes", 0)]
    [InlineData("Yeah sure", 0)]
    [InlineData("Sí, claro", 0)]
    [InlineData("nope", 1)]
    [InlineData("No thanks", 1)]
    [InlineData("no problem, yes", null)]
    [InlineData("let us talk first", 2)]
    [InlineData("can we talk?", 2)]
    public void Read_YesOrNo_FindsIt(string answer, int? expected) => Assert.Equal(expected, ChoiceReader.Read(answer, Renew));

    [Fact]
    public void Read_NoBeforeNotYet_IsTheLoneNo() => Assert.Equal(2, ChoiceReader.Read("no", ["Yes", "Not yet", "No"]));

    [Fact]
    public void Read_NotYet_CanBeAChoice() => Assert.Equal(1, ChoiceReader.Read("Not yet, sorry", ["Yes", "Not yet", "No"]));

    [Fact]
    public void Read_WhatNoUnicodeHolds_IsNotUnderstood() => Assert.Null(ChoiceReader.Read("\ud800\ufffe", Days));
}
