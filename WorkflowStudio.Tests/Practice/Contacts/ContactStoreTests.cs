using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Tests.Compliance;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Practice.Contacts;

public abstract class ContactStoreTests(TestStore store) : PracticeSuite(store)
{
    [Fact]
    public async Task Upsert_SameEmail_FillsGapsAndKeepsWhatIsKnown()
    {
        var first = await UpsertAsync("a", "Maria", null, "Maria.Lopez@Example.test", "713 555 0142");
        var second = await UpsertAsync("b", "maria", "Lopez", "maria.lopez@example.test", "+1 713 555 9999");

        Assert.Equal(first.Id, second.Id);
        Assert.Equal(new Contact(first.Id, "Maria", "Lopez", "maria.lopez@example.test", "+17135550142"), second);
    }

    [Fact]
    public async Task Upsert_SamePhoneAndName_IsTheSamePerson()
    {
        var first = await UpsertAsync("a", "Maria", "Lopez", null, "+17135550142");
        var second = await UpsertAsync("b", "Maria", "Lopez", "maria@example.test", "(713) 555-0142");

        Assert.Equal(first.Id, second.Id);
        Assert.Equal("maria@example.test", second.Email);
    }

    [Fact]
    public async Task Upsert_SamePhoneOtherName_IsAnotherPerson()
    {
        var mother = await UpsertAsync("a", "Maria", "Lopez", null, "+17135550142");
        var son = await UpsertAsync("b", "Diego", "Lopez", null, "+17135550142");

        Assert.NotEqual(mother.Id, son.Id);
    }

    [Fact]
    public async Task Upsert_SameEffectKeyWithNameAlone_AddsOnePerson()
    {
        var first = await UpsertAsync("a", "Maria", null, null, null);
        var again = await UpsertAsync("a", "Maria", null, null, null);

        Assert.Equal(first, again);
        using var db = practice.CreateDbContext();
        Assert.Single(db.Contacts);
    }

    [Fact]
    public async Task Upsert_NothingTold_SaysWhatToSend()
    {
        var answer = await practice.Contacts.UpsertAsync(
            practice.Tenant, ContactFields.Of(" ", "", "not an address", "12"), PracticeFixture.Key("a"), default);

        Assert.Equal(new ConnectorProblem("contact_empty",
            "Nobody is named: neither a name nor an e-mail nor a phone number was given. Send first_name and email or phone."),
            answer.Problem);
    }

    [Fact]
    public async Task Find_OtherTenant_FindsNobody()
    {
        var contact = await UpsertAsync("a", "Maria", null, null, null);

        Assert.Equal(contact, await practice.Contacts.FindAsync(practice.Tenant, contact.Id, default));
        Assert.Null(await practice.Contacts.FindAsync(practice.Tenant with { Environment = StudioEnvironment.Test }, contact.Id, default));
        Assert.Null(await practice.Contacts.FindAsync(practice.Tenant with { WorkspaceId = practice.Ids.New() }, contact.Id, default));
    }

    private async Task<Contact> UpsertAsync(string key, string? first, string? last, string? email, string? phone)
    {
        var answer = await practice.Contacts.UpsertAsync(
            practice.Tenant, ContactFields.Of(first, last, email, phone), PracticeFixture.Key(key), default);
        Assert.True(answer.Has(out var contact, out _));
        return contact;
    }
}
