using WorkflowStudio.Engine.Practice.Contacts;

namespace WorkflowStudio.Tests.Practice.Contacts;

public sealed class ContactRulesTests
{
    [Theory]
    [InlineData("Maria", "maria", true)]
    [InlineData("Maria", null, true)]
    [InlineData("", "Maria", true)]
    [InlineData("Maria", "Jo", false)]
    public void SamePhone_FirstNames_Decide(string known, string? told, bool same) =>
        Assert.Equal(same, ContactRules.IsSame(new ContactRow { FirstName = known }, Told(told, null)));

    [Theory]
    [InlineData("", "", "Eve", "Adams", "Eve Adams")]
    [InlineData("Maria", "", "maria", "Lopez", "Maria Lopez")]
    [InlineData("Maria", "", "Eve", "Adams", "Maria ")]
    [InlineData("Maria", "Lopez", "Maria", "Adams", "Maria Lopez")]
    public void Fill_WhatIsKnown_Stays(string first, string last, string toldFirst, string toldLast, string expected)
    {
        var row = new ContactRow { FirstName = first, LastName = last, Email = "known@example.test" };
        ContactRules.Fill(row, ContactFields.Of(toldFirst, toldLast, "told@example.test", "+17135550142"));

        Assert.Equal((expected, "known@example.test", "+17135550142"), ($"{row.FirstName} {row.LastName}", row.Email, row.Phone));
    }

    private static ContactFields Told(string? first, string? last) => ContactFields.Of(first, last, null, "+17135550142");
}
