using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Nodes.Effects;
using WorkflowStudio.Engine.Practice.Contacts;

namespace WorkflowStudio.Engine.Nodes.Upstream;

/// <summary>The person a run is about: the one an earlier step has found, else the one whom the payload names.</summary>
internal static class ClientOfRun
{
    private static readonly ConnectorProblem Nobody = new("no_contact",
        "It is not known whom this is for: no earlier step found a contact, and the data that started the run names nobody. Send "
        + "first_name and email or phone, or put an intake step before this one.");

    /// <summary>The contact, reachable as this run was told: a phone or e-mail given now counts before the one on file.</summary>
    public static async Task<Answer<Contact>> FindAsync(IContacts contacts, NodeInput input, CancellationToken cancellationToken)
    {
        var told = ContactFields.FromPayload(input.Payload)
            .Or(ContactFields.Of(input.Text("first_name"), input.Text("last_name"), input.Text("email"), input.Text("phone")));
        var known = input.Id("contact_id") is { } id ? await contacts.FindAsync(input.Run.Tenant, id, cancellationToken) : null;
        if (known is null)
        {
            if (told.IsEmpty) return Nobody;
            var added = await contacts.UpsertAsync(input.Run.Tenant, told, input.Source(":contact"), cancellationToken);
            if (!added.Has(out known, out var problem)) return problem;
        }

        return known with { Email = told.Email ?? known.Email, Phone = told.Phone ?? known.Phone };
    }
}
