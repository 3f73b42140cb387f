using System.Text.Json;
using System.Text.Json.Nodes;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Contacts;
using WorkflowStudio.Engine.Practice.Properties;
using WorkflowStudio.Engine.Runtime;
using WorkflowStudio.Engine.Runtime.Answers;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Storage.Queries;
using WorkflowStudio.Operations.Access;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Operations.Runs;

/// <summary>Starts a run for a contact, who has at most one unfinished run of a workflow.</summary>
internal sealed class StartContactRun(
    ActiveWorkflows workflows, WorkflowAccess access, IContacts contacts, IProperties properties, StepCounts steps, StartRun start)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = StartRun.Needs;

    /// <summary>
    /// The data of the run tell of the contact in <c>contact</c>, and in <c>property</c> of the property that it is about.
    /// </summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="workflowId">The workflow.</param>
    /// <param name="contactId">The contact; one that is not there is told of in the field <c>contactId</c>.</param>
    /// <param name="propertyId">The property: its id here, or what its owner calls it elsewhere; null for none.</param>
    /// <param name="answer">Makes the answer that is stored with the run.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<Result<ContactRun>> RunAsync(
        Caller caller, Guid workflowId, Guid contactId, string? propertyId, Func<ContactRun, KeptAnswer?>? answer = null,
        CancellationToken cancellationToken = default)
    {
        if (caller.RefuseKey(Needs) is { } keyless) return keyless;
        if (await access.RefuseAsync(caller, workflowId, Needs, "workflow", cancellationToken) is { } refused) return refused;
        if (await workflows.FindAsync(caller.Tenant, workflowId, cancellationToken) is not { } workflow)
            return new OperationProblem.NotFound("workflow");
        if (await contacts.FindAsync(caller.Tenant, contactId, cancellationToken) is not { } contact)
            return new OperationProblem.Invalid("The run cannot be started like this.",
                [WorkflowProblem.Error(WorkflowProblemCodes.WrongField, "contactId", null, "There is no contact with this id.")]);
        var count = workflow.Serial is { } serial ? (await steps.OfAsync([serial], cancellationToken))[serial] : 0;
        var property = ShownId.TryRead(propertyId ?? "", out var known)
            ? await properties.FindAsync(caller.Tenant, known, cancellationToken)
            : null;
        var started = await start.GuardedAsync(
            caller, workflowId, Payload(contact, propertyId, property), "api", new StartGuard { ContactId = contactId },
            answer is null ? null : run => answer(new ContactRun(run, workflowId, contactId, count)), cancellationToken);
        return started.Ok ? new ContactRun(started.Value, workflowId, contactId, count) : started.Problem;
    }

    // both ways of writing names: that of this app's other data, and that of the clients who send such ids
    private static JsonElement Payload(Contact contact, string? propertyId, Property? property)
    {
        var payload = new JsonObject
        {
            ["contact"] = new JsonObject
            {
                ["id"] = contact.Id, ["name"] = contact.Name, ["first_name"] = contact.FirstName, ["last_name"] = contact.LastName,
                ["email"] = contact.Email, ["phone"] = contact.Phone, ["firstName"] = contact.FirstName, ["lastName"] = contact.LastName,
            },
            ["contactId"] = contact.Id,
        };
        if (propertyId is not null) (payload["property"], payload["propertyId"]) = (About(propertyId, property), propertyId);
        return JsonElement.Parse(payload.ToJsonString());
    }

    private static JsonObject About(string id, Property? property) => property is null ? new JsonObject { ["id"] = id } : new JsonObject
    {
        ["id"] = property.Id, ["title"] = property.Title, ["reference"] = property.Reference, ["address"] = property.Address,
        ["city"] = property.City, ["postal_code"] = property.PostalCode, ["postalCode"] = property.PostalCode, ["price"] = property.Price,
        ["currency"] = property.Currency, ["bedrooms"] = property.Bedrooms, ["url"] = property.Url,
        ["description"] = property.Description,
    };
}

/// <summary>A run that was started for a contact.</summary>
/// <param name="Run">The run.</param>
/// <param name="WorkflowId">Its workflow.</param>
/// <param name="ContactId">The contact.</param>
/// <param name="Steps">How many steps it has.</param>
internal sealed record ContactRun(StartedRun Run, Guid WorkflowId, Guid ContactId, int Steps);
